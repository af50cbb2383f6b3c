import { McpModule, Tool, type Constructor, type ListToolsResult, type MiddlewareHooks } from '@tenon/core';
import { createTestServer } from '@tenon/testing';

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
