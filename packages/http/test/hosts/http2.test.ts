import { Context, createApp, McpModule, Tool } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import Fastify, { type FastifyInstance } from 'fastify';
import { once } from 'node:events';
import { connect, constants, type ClientHttp2Session, type ClientHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { mcp } from '../../src/index.js';

let heard: string[] = [];

class Tools {
  @Tool() hello(name: string) {
    return `Hello, ${name}!`;
  }
  @Tool() async counts(ctx: Context) {
    ctx.signal.addEventListener('abort', () => heard.push('aborted after its answer'));
    await ctx.reportProgress(1);
    return 'counted';
  }
  @Tool() waits(ctx: Context) {
    heard.push('waits');
    return new Promise((_, reject) => {
      ctx.signal.addEventListener('abort', () => {
        heard.push('aborted');
        reject(ctx.signal.reason as Error);
      });
    });
  }
}

@McpModule({ name: 'test', version: '1', handlers: [Tools] })
class Root {}

let fastify: FastifyInstance;
let client: ClientHttp2Session;

beforeEach(async () => {
  heard = [];
  const app = createApp(Root, { logger: new RecordingLogger() });
  fastify = Fastify({ http2: true }) as unknown as FastifyInstance;
  fastify.register(mcp(app), { prefix: '/mcp' });
  await fastify.listen({ port: 0, host: '127.0.0.1' });
  client = connect(`http://127.0.0.1:${(fastify.server.address() as AddressInfo).port}`);
});
afterEach(async () => {
  client.close();
  await once(client, 'close');
  await fastify.close();
});

function call(name: string, args: object = {}, headers: Record<string, string> = {}): ClientHttp2Stream {
  const _meta = {
    progressToken: 'p',
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const stream = client.request({
    ':method': 'POST',
    ':path': '/mcp',
    'content-type': 'application/json',
    'mcp-protocol-version': '2026-07-28',
    'mcp-method': 'tools/call',
    'mcp-name': name,
    ...headers,
  });
  const params = { name, arguments: args, _meta };
  stream.setEncoding('utf8').end(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }));
  return stream;
}

async function answerTo(stream: ClientHttp2Stream): Promise<{ status: unknown; text: string }> {
  let text = '';
  stream.on('data', (piece: string) => (text += piece));
  const [headers] = (await once(stream, 'response')) as [Record<string, unknown>];
  if (!stream.closed) await once(stream, 'close');
  return { status: headers[':status'], text };
}

test('in a Fastify that speaks HTTP/2 calls are answered, as JSON and as streams', async () => {
  const { status, text } = await answerTo(call('hello', { name: 'Ada' }));
  expect([status, JSON.parse(text)]).toMatchObject([200, { result: { content: [{ text: 'Hello, Ada!' }] } }]);
  const streamed = await answerTo(call('counts'));
  expect(streamed.text).toMatch(
    /^event: message\ndata: .*"progress":1.*\n\nevent: message\ndata: .*"counted"/,
  );
  expect(heard).toEqual([]);
});

test('another name than those that are served is 403, with a Host header beside it or without', async () => {
  const evil = { ':authority': 'evil.example' };
  expect((await answerTo(call('hello', {}, evil))).status).toBe(403);
  expect((await answerTo(call('hello', {}, { ...evil, host: 'localhost' }))).status).toBe(403);
  expect((await answerTo(call('hello', {}, { host: 'evil.example' }))).status).toBe(403);
});

test('a client that gives up cancels its call', async () => {
  const stream = call('waits').on('error', () => undefined);
  while (heard.length === 0) await new Promise(setImmediate);
  stream.close(constants.NGHTTP2_CANCEL);
  while (heard.length === 1) await new Promise(setImmediate);
  expect(heard).toEqual(['waits', 'aborted']);
});
