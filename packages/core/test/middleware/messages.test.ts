import { McpModule, Tool, type Constructor, type ListToolsResult, type MiddlewareHooks } from '@tenon/core';
import { createTestServer } from '@tenon/testing';
import { initialize } from '../../../../test/protocol/http-wire.js';
import { overLines } from '../../../../test/protocol/line-wire.js';

class Tools {
  @Tool() ping() {
    return 'pong';
  }
  @Tool() plain(word: string) {
    return word;
  }
}

function module(...middleware: MiddlewareHooks[]): Constructor {
  @McpModule({ name: 't', version: '1', handlers: [Tools], middleware })
  class Root {}
  return Root;
}

test('unknown methods and unknown tools pass through onRequest', async () => {
  const methods: string[] = [];
  await using server = await createTestServer(
    module({
      onRequest: (call, next) => {
        methods.push(call.method);
        return next();
      },
    }),
  );
  const client = await server.connect('2025-11-25');
  const request = { method: 'nowhere/to', params: {} };
  await expect(client.request(request, {} as never)).rejects.toMatchObject({ code: -32601 });
  await expect(client.callTool({ name: 'nope' })).rejects.toMatchObject({ code: -32602 });
  expect(methods).toEqual(['initialize', 'nowhere/to', 'tools/call']);
});

describe('a session begins as the hooks before it have made it', () => {
  const { params } = initialize() as { params: object };

  test('with the revision its client is told, whether a hook has changed the call or the result', async () => {
    const older = { protocolVersion: '2025-06-18' };
    const changes: readonly MiddlewareHooks[] = [
      { onInitialize: (call, next) => next(call.with({ ...call.params, ...older })) },
      { onInitialize: async (_call, next) => ({ ...(await next()), ...older }) },
    ];
    for (const change of changes) {
      const versions: string[] = [];
      const look: MiddlewareHooks = {
        onCallTool: (call, next) => {
          versions.push(call.context.version);
          return next();
        },
      };
      await using server = await createTestServer(module(change, look));
      const lines = await overLines(server.app);
      expect((await lines.ask('initialize', params)).result.protocolVersion).toBe('2025-06-18');
      await lines.ask('tools/call', { name: 'ping' });
      expect(versions).toEqual(['2025-06-18']);
    }
  });

  test('with a client that a hook has said more of', async () => {
    const clients: unknown[] = [];
    const mend: MiddlewareHooks = {
      onInitialize: (call, next) =>
        next(call.with({ ...call.params, clientInfo: { name: 'sloppy', version: '1' } })),
      onCallTool: (call, next) => {
        clients.push(call.context.client.info);
        return next();
      },
    };
    await using server = await createTestServer(module(mend));
    const lines = await overLines(server.app);
    const answer = await lines.ask('initialize', { ...params, clientInfo: undefined });
    expect(answer.error).toBeUndefined();
    await lines.ask('tools/call', { name: 'ping' });
    expect(clients).toEqual([{ name: 'sloppy', version: '1' }]);
  });
});

test('notifications pass through onMessage and onNotification, and need no result', async () => {
  const methods: string[] = [];
  await using server = await createTestServer(
    module({
      onNotification: async (call, next) => {
        methods.push(call.method);
        await next();
      },
    }),
  );
  await server.connect('2025-11-25');
  await new Promise((resolve) => setImmediate(resolve));
  expect(methods).toEqual(['notifications/initialized']);
});

test.each(['2025-11-25', '2026-07-28'] as const)(
  'on %s a list and a greeting can be changed',
  async (version) => {
    const change: MiddlewareHooks = {
      onListTools: async (_call, next): Promise<ListToolsResult> => {
        const { tools } = await next();
        return { tools: tools.filter((tool) => tool.name !== 'ping') };
      },
      onInitialize: async (_call, next) => ({ ...(await next()), instructions: 'changed' }),
      onDiscover: async (_call, next) => ({ ...(await next()), instructions: 'changed' }),
    };
    await using server = await createTestServer(module(change));
    const client = await server.connect(version);
    expect((await client.listTools()).tools.map((tool) => tool.name)).toEqual(['plain']);
    expect(client.getInstructions()).toBe('changed');
  },
);
