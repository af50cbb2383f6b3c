import { Context, createApp, Exchange, McpModule, Tool } from '@tenon/core';

class Tools {
  @Tool() headers(ctx: Context) {
    return { ...ctx.http?.headers, address: ctx.http?.address };
  }
}

@McpModule({ name: 't', version: '1', handlers: [Tools] })
class Root {}

class Web extends Exchange {
  readonly era = 'modern';
  readonly version = '2026-07-28';
  readonly peer = { info: undefined, capabilities: {} };
  readonly principal = undefined;
  readonly session = undefined;
  readonly logLevel = undefined;
  readonly http = {
    headers: { authorization: 'Bearer x', cookie: 'x', 'proxy-authorization': 'x', 'user-agent': 'test' },
    address: '127.0.0.1',
  };
  notify() {
    // nothing listens
  }
}

test('a handler sees the headers of a request without those that carry credentials', async () => {
  const app = createApp(Root);
  const endpoint = await app.start();
  const params = { name: 'headers' };
  const outcome = await endpoint.dispatch({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }, new Web());
  expect(outcome).toMatchObject({ is: 'result' });
  expect((outcome as { value: { structuredContent: unknown } }).value.structuredContent).toEqual({
    'user-agent': 'test',
    address: '127.0.0.1',
  });
  await app.close();
});

test('where there was no HTTP there is no request, rather than an error', async () => {
  const app = createApp(Root);
  expect((await app.callTool('headers')).structuredContent).toEqual({});
  await app.close();
});
