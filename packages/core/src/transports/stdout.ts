let protocolWrite: ((text: string) => void) | undefined;

/** Keeps stdout for the protocol: whatever else the process prints there goes to stderr from now on. */
export function claimStdout(): void {
  if (protocolWrite) return;
  const { stdout, stderr } = process;
  const write = stdout.write.bind(stdout);
  protocolWrite = (text) => void write(text);
  // The same object for everybody who holds it already, the console included.
  stdout.write = stderr.write.bind(stderr);
}

/** Writes to stdout what belongs to the protocol. */
export function writeProtocol(text: string): void {
  if (protocolWrite) protocolWrite(text);
  else process.stdout.write(text);
}
