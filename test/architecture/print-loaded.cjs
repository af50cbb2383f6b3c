// Preloaded into a program: prints, when it ends, the CommonJS modules it has loaded. Fastify, class-validator and pino are such.
process.on('exit', () => {
  console.error(Object.keys(require.cache).join('\n'));
});
