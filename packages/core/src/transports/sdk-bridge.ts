import type { Transport as SdkTransport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { Connection } from './connection.js';
import type { Transport } from './transport.js';

/** Serves one client over any server transport written for `@modelcontextprotocol/sdk`. */
export function bridge(transport: SdkTransport): Transport {
  return {
    name: 'bridge',
    open: async (endpoint) => {
      const connection = new Connection(endpoint, (text) => {
        // Not every transport that is written by hand gives a promise.
        Promise.resolve(transport.send(JSON.parse(text) as JSONRPCMessage)).catch((err: unknown) => {
          endpoint.logger.warn('The bridged transport could not send', { err });
        });
      });
      const ended = new Promise<void>((resolve) => {
        transport.onclose = () => {
          connection.close();
          resolve();
        };
      });
      transport.onmessage = (message: JSONRPCMessage) => {
        connection.receive(JSON.stringify(message));
      };
      await transport.start();
      return { ended, close: () => transport.close() };
    },
  };
}
