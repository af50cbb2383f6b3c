import { createApp, McpModule, Tool, type App, type HttpRequestInfo, type Served } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import { Header, http, Req } from '../../src/index.js';

class Tools {
  @Tool() async tells(
    name: string,
    @Header('X-Tenant') tenant: string | undefined,
    @Header('authorization') authorization: string | undefined,
    @Req() request: HttpRequestInfo | undefined,
  ) {
    // So that other calls come in between.
    for (let i = 0; i < 5; i++) await new Promise(setImmediate);
    return {
      name,
      tenant: tenant ?? 'none',
      authorization: authorization ?? 'none',
      request: request ? Object.keys(request.headers) : 'none',
    };
  }
}

@McpModule({ name: 'test', version: '1.0.0', handlers: [Tools] })
class TestModule {}

let app: App;
let served: Served;
beforeEach(async () => {
  app = createApp(TestModule, { logger: new RecordingLogger() });
  served = await app.serve(http({ port: 0 }));
});
afterEach(() => app.close());

interface Told {
  readonly name: string;
  readonly tenant: string;
  readonly authorization: string;
  readonly request: string | readonly string[];
}

async function call(name: string, headers: Record<string, string>): Promise<Told> {
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const response = await fetch(served.url ?? '', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': 'tools/call',
      'mcp-name': 'tells',
      ...headers,
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'tells', arguments: { name }, _meta },
    }),
  });
  const { result } = (await response.json()) as { result: { structuredContent: Told } };
  return result.structuredContent;
}

test('a header arrives at its parameter, also one with credentials that is asked for by name', async () => {
  const told = await call('a', { 'x-tenant': 'acme', authorization: 'Bearer secret', cookie: 'id=1' });
  expect(told).toMatchObject({ name: 'a', tenant: 'acme', authorization: 'Bearer secret' });
  expect(told.request).toContain('x-tenant');
  expect(told.request).not.toContain('authorization');
  expect(told.request).not.toContain('cookie');
});

test('calls at the same time each have the headers of their own request', async () => {
  const told = await Promise.all(
    Array.from({ length: 20 }, (_, i) => call(`n${i}`, i % 2 ? { 'x-tenant': `t${i}` } : {})),
  );
  expect(told.map(({ name, tenant }) => [name, tenant])).toEqual(
    told.map((_, i) => [`n${i}`, i % 2 ? `t${i}` : 'none']),
  );
});

test('over other transports there are none, and no client sees the parameters', async () => {
  const result = await app.callTool('tells', { name: 'a' });
  expect(result.structuredContent).toEqual({
    name: 'a',
    tenant: 'none',
    authorization: 'none',
    request: 'none',
  });
  const [tool] = await app.listTools();
  expect(Object.keys(tool?.inputSchema.properties ?? {})).toEqual(['name']);
});
