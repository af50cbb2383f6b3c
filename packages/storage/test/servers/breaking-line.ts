import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line to a server that can break, or fall silent. */
export interface BreakingLine {
  readonly port: number;
  /** What is sent next arrives; then the line breaks, before the answer has come back. */
  breakBeforeAnswer(): void;
  /** The lines there are now carry nothing any more, and stay; new ones are sound. */
  fallSilent(): void;
  close(): Promise<void>;
}

/** Stands between a client and a server on this machine. */
export async function breakingLine(to: number): Promise<BreakingLine> {
  let breaking = false;
  let silent = 0;
  let lines = 0;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const line = ++lines;
    const far = connect(to, '127.0.0.1');
    const end = (): void => {
      near.destroy();
      far.destroy();
    };
    let lost = false;
    for (const socket of [near, far]) socket.on('error', end).on('close', end);
    sockets.add(near);
    near.on('data', (bytes: Buffer) => {
      lost ||= breaking;
      breaking = false;
      if (line > silent) far.write(bytes);
    });
    far.on('data', (bytes: Buffer) => {
      if (lost) end();
      else if (line > silent) near.write(bytes);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    breakBeforeAnswer: () => (breaking = true),
    fallSilent: () => (silent = lines),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
