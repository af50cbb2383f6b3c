import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';

/** A port of this machine that nobody listens on at the moment. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Resolves if something listens behind the address, else rejects with the reason. */
export async function reach(url: string): Promise<void> {
  const { hostname, port, protocol } = new URL(url);
  const fallback = protocol === 'https:' ? 443 : 80;
  const socket = connect(port === '' ? fallback : Number(port), hostname.replace(/^\[|\]$/g, ''));
  socket.setTimeout(5_000, () => socket.destroy(new Error('no answer within 5 s')));
  await once(socket, 'connect').finally(() => socket.destroy());
}
