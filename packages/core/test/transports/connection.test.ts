import { Context, createApp, McpModule, Tool, type Endpoint } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import { Connection } from '../../src/transports/connection.js';

let release: (() => void)[] = [];
let aborted: string[] = [];

class Tools {
  @Tool() ping() {
    return 'pong';
  }
  @Tool() async waits(ctx: Context) {
    ctx.signal.addEventListener('abort', () => aborted.push((ctx.signal.reason as Error).message));
    await new Promise<void>((resolve) => release.push(resolve));
    await ctx.info('late');
    return 'released';
  }
}

@McpModule({ name: 't', version: '1', handlers: [Tools] })
class Root {}

interface Answer {
  id?: unknown;
  method?: string;
  result?: Record<string, unknown>;
  error?: { code: number };
}

let answers: Answer[] = [];
let endpoint: Endpoint;
let connection: Connection;

beforeEach(async () => {
  release = [];
  aborted = [];
  answers = [];
  endpoint = await createApp(Root, { logger: new RecordingLogger() }).start();
  connection = new Connection(endpoint, (text) => void answers.push(JSON.parse(text) as Answer));
});

const send = (message: object): void => {
  connection.receive(JSON.stringify({ jsonrpc: '2.0', ...message }));
};
const initialize = (id: unknown = 'init', protocolVersion = '2025-11-25') => ({
  id,
  method: 'initialize',
  params: { protocolVersion, capabilities: {}, clientInfo: { name: 'c', version: '1' } },
});
const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
};
const call = (id: unknown, name: string, meta?: object) => ({
  id,
  method: 'tools/call',
  params: { name, ...(meta && { _meta: meta }) },
});

test('before initialize only ping is answered in the older era', () => {
  send({ id: 1, method: 'ping' });
  send(call(2, 'ping'));
  send({ method: 'notifications/initialized' });
  expect(answers).toEqual([
    { jsonrpc: '2.0', id: 1, result: {} },
    { jsonrpc: '2.0', id: 2, error: expect.objectContaining({ code: -32600 }) },
  ]);
});

test('the newer era needs no initialize, and both are spoken on one connection', () => {
  send(call(1, 'ping', META));
  send(initialize(2));
  send(call(3, 'ping'));
  send(call(4, 'ping', META));
  expect(answers.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
  expect(answers.map(({ result }) => result?.resultType)).toEqual([
    'complete',
    undefined,
    undefined,
    'complete',
  ]);
});

test.each([
  ['2025-11-25', '2025-11-25'],
  ['2025-06-18', '2025-06-18'],
  ['2024-11-05', '2024-11-05'],
  ['1999-01-01', '2025-11-25'],
  ['2026-07-28', '2025-11-25'],
])('initialize with %s agrees on %s', (asked, agreed) => {
  send(initialize(1, asked));
  expect(answers[0]?.result).toMatchObject({
    protocolVersion: agreed,
    serverInfo: { name: 't', version: '1' },
  });
});

test('a second initialize is refused, and the first stays in force', () => {
  send(initialize(1));
  send(initialize(2, '2024-11-05'));
  send(call(3, 'ping'));
  expect(answers[1]).toMatchObject({ id: 2, error: { code: -32600 } });
  expect(answers[2]).toMatchObject({ id: 3, result: {} });
});

test.each([
  { protocolVersion: 7, capabilities: {}, clientInfo: { name: 'c', version: '1' } },
  { protocolVersion: '2025-11-25', clientInfo: { name: 'c', version: '1' } },
  { protocolVersion: '2025-11-25', capabilities: {} },
  { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'c' } },
])('initialize with %p is refused, and can be tried again', (params) => {
  send({ id: 1, method: 'initialize', params });
  send(initialize(2));
  expect(answers).toEqual([
    expect.objectContaining({ id: 1, error: expect.objectContaining({ code: -32602 }) }),
    expect.objectContaining({ id: 2, result: expect.anything() }),
  ]);
});

test.each([0, 'a', 7])('the request with the id %p is cancelled by it, and gets no answer', async (id) => {
  send(initialize());
  send(call(id, 'waits'));
  send({ method: 'notifications/cancelled', params: { requestId: id, reason: 'enough' } });
  expect(aborted).toEqual(['enough']);
  release[0]?.();
  await connection.idle();
  expect(answers.map((answer) => answer.id)).toEqual(['init']);
});

test('cancelling what is unknown, answered, or unnamed does nothing', async () => {
  send(initialize());
  send(call(1, 'ping'));
  send(call(2, 'waits'));
  for (const requestId of [1, 99, '2', null, {}, undefined])
    send({ method: 'notifications/cancelled', params: { requestId } });
  expect(aborted).toEqual([]);
  release[0]?.();
  await connection.idle();
  expect(answers.at(-1)).toMatchObject({ id: 2, result: { content: [{ text: 'released' }] } });
});

test('in the newer era a request is cancelled in the same way', async () => {
  send(call(1, 'waits', META));
  send({ method: 'notifications/cancelled', params: { requestId: 1, _meta: META } });
  expect(aborted).toHaveLength(1);
  release[0]?.();
  await connection.idle();
  expect(answers).toEqual([]);
});

test('closing cancels what is under way and sends nothing more', async () => {
  send(initialize());
  send(call(1, 'waits'));
  send(call(2, 'waits'));
  connection.close();
  connection.close();
  expect(aborted).toHaveLength(2);
  for (const go of release) go();
  await connection.idle();
  expect(answers.map(({ id }) => id)).toEqual(['init']);
});

test('once closed, nothing that comes reaches a handler', async () => {
  send(initialize());
  connection.close();
  send(call(1, 'waits'));
  send(call(2, 'waits', META));
  connection.receive('not json');
  await connection.idle();
  expect(release).toEqual([]);
  expect(answers.map(({ id }) => id)).toEqual(['init']);
});

test('what is no message is answered with the id it had', () => {
  connection.receive('not json');
  send({ id: 7, method: 'ping', params: [] });
  connection.receive('[]');
  expect(answers).toEqual([
    expect.objectContaining({ id: null, error: expect.objectContaining({ code: -32700 }) }),
    expect.objectContaining({ id: 7, error: expect.objectContaining({ code: -32600 }) }),
    expect.objectContaining({ id: null, error: expect.objectContaining({ code: -32600 }) }),
  ]);
});

test.each([
  ['a prototype key', '"id":1,"params":{"__proto__":{}}', -32700, 1],
  ['a prototype key before the id', '"params":{"a":[{"__proto__":1}]},"id":"late"', -32700, 'late'],
  ['the prototype of a constructor', '"id":0,"params":{"constructor":{"prototype":1}}', -32700, 0],
  ['deep nesting', `"id":"deep","params":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, -32700, 'deep'],
  ['params in a list', '"id":2,"params":[]', -32600, 2],
  ['an id beyond its bound', `"id":"${'x'.repeat(300)}"`, -32600, null],
])('a message refused for %s is answered under its own id where it has one', (_, rest, code, id) => {
  connection.receive(`{"jsonrpc":"2.0","method":"ping",${rest}}`);
  connection.receive('{"jsonrpc":"2.0","method":"ping","id":"next"}');
  expect(answers).toEqual([
    expect.objectContaining({ id, error: expect.objectContaining({ code }) }),
    { jsonrpc: '2.0', id: 'next', result: {} },
  ]);
});

test('an answer, or an error about a message nobody could read, is never answered', () => {
  send({ id: 5, result: {} });
  send({ id: 5, error: { code: 1, message: 'm' } });
  send({ id: null, error: { code: -32700, message: 'Parse error' } });
  expect(answers).toEqual([]);
});

test('an envelope of the newer era that is not whole is refused in that era', () => {
  send(call(1, 'ping', { 'io.modelcontextprotocol/protocolVersion': '2030-01-01' }));
  send({ method: 'notifications/x', params: { _meta: { 'io.modelcontextprotocol/protocolVersion': 7 } } });
  expect(answers).toEqual([
    expect.objectContaining({ id: 1, error: expect.objectContaining({ code: -32022 }) }),
  ]);
});
