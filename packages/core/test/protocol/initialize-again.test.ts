import { createApp, McpModule, OnSession, ProtocolError, Tool, type MiddlewareHooks } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import { Connection } from '../../src/transports/connection.js';

class Tools {
  @Tool() ping() {
    return 'pong';
  }
}

test('an initialize that middleware has failed may be tried again', async () => {
  let attempts = 0;
  const failsOnce: MiddlewareHooks = {
    onInitialize: async (_call, next) => {
      const result = await next();
      if (++attempts === 1) throw new Error('not yet');
      return result;
    },
  };
  @McpModule({ name: 't', version: '1', handlers: [Tools], middleware: [failsOnce] })
  class Root {}
  const app = createApp(Root, { logger: new RecordingLogger() });
  const answers: { error?: { code: number }; result?: object }[] = [];
  const connection = new Connection(
    await app.start(),
    (text) => void answers.push(JSON.parse(text) as object),
  );
  for (const id of [1, 2]) {
    const params = {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 'c', version: '1' },
    };
    connection.receive(JSON.stringify({ jsonrpc: '2.0', id, method: 'initialize', params }));
    await connection.idle();
  }
  expect(answers[0]?.error?.code).toBe(-32603);
  expect(answers[1]?.result).toMatchObject({ protocolVersion: '2025-11-25' });
  await app.close();
});

test.each([true, false])(
  'while a session is about to begin nothing is done for it, welcome: %p',
  async (welcome) => {
    let decide: () => void = () => undefined;
    let asked = 0;
    class Guarded {
      @OnSession() async admits() {
        await new Promise<void>((resolve) => (decide = resolve));
        if (!welcome) throw new ProtocolError(-32600, 'Not you');
      }
      @Tool() ask() {
        asked++;
      }
    }
    @McpModule({ name: 't', version: '1', handlers: [Guarded] })
    class Root {}
    const app = createApp(Root, { logger: new RecordingLogger() });
    const answers: { id: unknown; error?: { code: number; message: string } }[] = [];
    const connection = new Connection(
      await app.start(),
      (text) => void answers.push(JSON.parse(text) as (typeof answers)[number]),
    );
    const send = (id: string, method: string, params: object) => {
      connection.receive(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    };
    const clientInfo = { name: 'c', version: '1' };
    send('init', 'initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo });
    send('early', 'tools/call', { name: 'ask' });
    send('ping', 'ping', {});
    expect(answers).toMatchObject([
      { id: 'early', error: { code: -32600 } },
      { id: 'ping', result: {} },
    ]);
    decide();
    await connection.idle();
    send('late', 'tools/call', { name: 'ask' });
    expect(answers.at(-1)?.error?.code).toBe(welcome ? undefined : -32600);
    expect(asked).toBe(welcome ? 1 : 0);
    await app.close();
  },
);
