import { createApp, McpModule, ProtocolError, Tool, use, type App } from '@tenon/core';
import { RateLimit } from '@tenon/core/middleware';
import { ManualClock, RecordingLogger } from '@tenon/testing';
import { http } from '../src/index.js';

class Tools {
  @Tool() ping() {
    return 'pong';
  }
  @Tool() says(retryAfterMs: number) {
    throw new ProtocolError(1, 'later', { retryAfterMs });
  }
  @Tool() mumbles() {
    throw new ProtocolError(1, 'later', { retryAfterMs: 'soon' });
  }
}

const ERAS = ['2025-11-25', '2026-07-28'] as const;
const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'c', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

let app: App;
let url: string;
afterEach(() => app.close());

async function serve(maxRequests: number): Promise<void> {
  const weight = ({ method }: { method: string }) => (method === 'tools/call' ? 1 : 0);
  const limit = use(RateLimit, { maxRequests, windowSeconds: 60, weight });
  @McpModule({ name: 'test', version: '1', handlers: [Tools], middleware: [limit] })
  class Root {}
  app = createApp(Root, { clock: new ManualClock(), logger: new RecordingLogger() });
  url = (await app.serve(http({ port: 0 }))).url ?? '';
}

const post = (headers: Record<string, string>, body: object) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, ...body }),
  });

/** A way to call tools in an era, as one client. */
async function caller(era: (typeof ERAS)[number]) {
  if (era === '2026-07-28')
    return (name: string, args = {}) =>
      post(
        { 'mcp-protocol-version': era, 'mcp-method': 'tools/call', 'mcp-name': name },
        { method: 'tools/call', params: { name, arguments: args, _meta: META } },
      );
  const clientInfo = { name: 'c', version: '1' };
  const params = { protocolVersion: era, capabilities: {}, clientInfo };
  const session = (await post({}, { method: 'initialize', params })).headers.get('mcp-session-id') ?? '';
  return (name: string, args = {}) =>
    post({ 'mcp-session-id': session }, { method: 'tools/call', params: { name, arguments: args } });
}

describe.each(ERAS)('in %s', (era) => {
  test('a limit says when to ask again in the answer and in its header; the status is that of any answer', async () => {
    await serve(2);
    const call = await caller(era);
    for (let time = 0; time < 2; time++) expect((await call('ping')).headers.get('retry-after')).toBeNull();
    const refused = await call('ping');
    expect(await refused.json()).toMatchObject({ error: { code: 429, data: { retryAfterMs: 30_000 } } });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([200, '30']);
  });

  test('so does whoever throws the like; what is no time is no header', async () => {
    await serve(100);
    const call = await caller(era);
    const header = async (...of: Parameters<typeof call>) => (await call(...of)).headers.get('retry-after');
    expect(await header('says', { retryAfterMs: 1001 })).toBe('2');
    expect(await header('says', { retryAfterMs: 0 })).toBe('0');
    expect(await header('says', { retryAfterMs: -5 })).toBeNull();
    expect(await header('mumbles')).toBeNull();
  });
});
