import type { Principal } from '../context/principal.js';
import { Session } from '../context/session.js';
import type { RpcMessage } from '../mcp/message.js';
import { Connection } from './connection.js';
import type { Transport } from './transport.js';

/** The client's end of a connection inside the process: what `client.connect()` of the official SDKs takes. */
export interface ClientEnd {
  onmessage?: ((message: never) => void) | undefined;
  onclose?: (() => void) | undefined;
  onerror?: ((error: Error) => void) | undefined;
  start(): Promise<void>;
  send(message: unknown): Promise<void>;
  close(): Promise<void>;
}

/** Serves one client in the same process; messages pass as text, as they would over a wire. */
export function inMemory(
  options: { principal?: Principal } = {},
): Transport & { readonly client: ClientEnd } {
  let connection: Connection | undefined;
  const client: ClientEnd = {
    start: () => Promise.resolve(),
    send: (message) => {
      if (!connection) return Promise.reject(new Error('Not connected: await app.serve(transport) first'));
      const text = JSON.stringify(message);
      const to = connection;
      queueMicrotask(() => {
        to.receive(text);
      });
      return Promise.resolve();
    },
    close: () => {
      connection?.close();
      connection = undefined;
      client.onclose?.();
      return Promise.resolve();
    },
  };
  const deliver = (text: string): void => {
    queueMicrotask(() => client.onmessage?.(JSON.parse(text) as RpcMessage as never));
  };
  return {
    name: 'memory',
    client,
    open: (endpoint) => {
      connection = new Connection(endpoint, deliver, new Session(endpoint.ids.secret(), options.principal));
      return Promise.resolve({ close: () => (connection ? client.close() : Promise.resolve()) });
    },
  };
}
