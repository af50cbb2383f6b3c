// Loaded before a server with --import: tells the runner what the process has used, asked over IPC.
process.on('message', (question) => {
  // Twice: the first collection runs finalizers whose victims the second one frees.
  if (question === 'memory') [1, 2].forEach(() => globalThis.gc?.());
  process.send({ cpu: process.cpuUsage(), memory: process.memoryUsage() });
});
// Servers of any framework run here, and none is told how to end: without its runner a server has to go at once.
process.on('disconnect', () => process.exit());
