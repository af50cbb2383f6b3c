import { Context, createApp, McpModule, Tool, type App, type Served } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import { connect, type Socket } from 'node:net';
import { http, type HttpOptions } from '../src/index.js';
import { EventReader } from './event-reader.js';

const MESSAGE = 'x'.repeat(64 * 1024);
const turn = (): Promise<void> => new Promise(setImmediate);
let sent = 0;
let ended: Promise<string>;

class Tools {
  /** Sends until its client has gone, or 60 MB. */
  @Tool() floods(ctx: Context) {
    ended = flood(ctx);
    return ended;
  }
}

async function flood(ctx: Context): Promise<string> {
  for (sent = 0; sent < 1000 && !ctx.signal.aborted; sent++) {
    await ctx.info(`${sent} ${MESSAGE}`);
    await turn();
  }
  return 'flooded';
}

@McpModule({ name: 'test', version: '1.0.0', handlers: [Tools] })
class TestModule {}

let app: App;
let served: Served;
let socket: Socket;

async function serve(options: HttpOptions = {}): Promise<void> {
  sent = 0;
  app = createApp(TestModule, { logger: new RecordingLogger() });
  served = await app.serve(http({ port: 0, ...options }));
}
afterEach(async () => {
  socket.destroy();
  await app.close();
});

/** Sends a request on a socket of its own, and reads nothing. */
function request(message: object, headers: Record<string, string>): void {
  const { hostname, port, host } = new URL(served.url ?? '');
  const body = JSON.stringify(message);
  const lines = Object.entries({ host, 'content-type': 'application/json', ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.pause();
  socket.write(`POST /mcp HTTP/1.1\r\n${lines.join('')}content-length: ${body.length}\r\n\r\n${body}`);
}

test('a client that never reads is cut before much waits for it, and its call is cancelled', async () => {
  await serve();
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientCapabilities': {},
    'io.modelcontextprotocol/logLevel': 'info',
  };
  request(
    { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'floods', _meta } },
    { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': 'floods' },
  );
  while (sent === 0) await turn();
  await ended;
  expect(sent).toBeLessThan(1000);
});

test('with a log the client that was cut takes its stream up again', async () => {
  await serve({ resumable: { maxEvents: 10 } });
  const types = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
  const begun = await fetch(served.url ?? '', {
    method: 'POST',
    headers: types,
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 0,
      method: 'initialize',
      params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
    }),
  });
  await begun.text();
  const session = { 'mcp-session-id': begun.headers.get('mcp-session-id') ?? '' };
  request({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'floods' } }, session);
  while (sent === 0) await turn();
  await ended;
  let read = '';
  await new Promise<void>((resolve) => {
    socket.on('data', (chunk) => (read += chunk.toString('latin1')));
    socket.on('close', () => {
      resolve();
    });
    socket.resume();
  });
  expect(read).not.toContain('"text":"flooded"');
  const [, first] = /^id: (.*)$/m.exec(read) ?? [];
  const again = await fetch(served.url ?? '', {
    headers: { accept: 'text/event-stream', ...session, 'last-event-id': first ?? '' },
  });
  const events = (await new EventReader(again).rest()).filter((event) => event.data);
  expect(events).toHaveLength(10);
  expect(events[0]?.data).toContain('"data":"991 ');
  expect(events[9]?.data).toContain('"text":"flooded"');
});
