import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { bridge, createApp, inMemory, Lifespan, McpModule, token, Tool } from '@tenon/core';
import { createTestServer, RecordingLogger } from '@tenon/testing';

let events: string[] = [];
const A = token<string>('A');

@Lifespan(A)
class OpensA {
  *open() {
    yield 'a';
    events.push('closed');
  }
}

class Tools {
  @Tool() ping() {
    return 'pong';
  }
  @Tool() async later() {
    return Promise.resolve('later');
  }
}

@McpModule({ name: 't', version: '1', lifespans: [OpensA], handlers: [Tools] })
class Root {}

beforeEach(() => {
  events = [];
});

// verifies 2026:45
test('a transport written for the official SDK is served through the bridge', async () => {
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  const app = createApp(Root);
  const served = await app.serve(bridge(ours));
  const client = new Client({ name: 'c', version: '1' });
  await client.connect(theirs);
  expect(client.getServerVersion()).toEqual({ name: 't', version: '1' });
  expect((await client.callTool({ name: 'ping' })).content).toEqual([{ type: 'text', text: 'pong' }]);
  await client.close();
  await served.ended;
  await app.close();
  expect(events).toEqual(['closed']);
});

test('closing the app closes the bridged transport, and its client hears of it', async () => {
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  const app = createApp(Root);
  await app.serve(bridge(ours));
  const client = new Client({ name: 'c', version: '1' });
  client.onclose = () => void events.push('client closed');
  await client.connect(theirs);
  await app.close();
  expect(events).toEqual(['client closed', 'closed']);
});

test.each([
  ['in time', () => Promise.reject(new Error('gone'))],
  [
    'at once',
    () => {
      throw new Error('gone');
    },
  ],
])('a bridged transport that cannot send, %s, is told in the log, and ends nothing', async (_, send) => {
  const logger = new RecordingLogger();
  const [ours] = InMemoryTransport.createLinkedPair();
  ours.send = send;
  const app = createApp(Root, { logger });
  await app.serve(bridge(ours));
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  ours.onmessage?.({ jsonrpc: '2.0', id: 1, method: 'ping' });
  ours.onmessage?.({ jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'later', _meta } });
  await new Promise((resolve) => setImmediate(resolve));
  expect(logger.lines).toMatchObject([{ level: 'warn' }, { level: 'warn' }]);
  await app.close();
});

test('a transport whose send() gives no promise is served through the bridge', async () => {
  const sent: unknown[] = [];
  const [ours] = InMemoryTransport.createLinkedPair();
  ours.send = (message) => void sent.push(message) as unknown as Promise<void>;
  const app = createApp(Root, { logger: new RecordingLogger() });
  await app.serve(bridge(ours));
  ours.onmessage?.({ jsonrpc: '2.0', id: 1, method: 'ping' });
  expect(sent).toEqual([{ jsonrpc: '2.0', id: 1, result: {} }]);
  await app.close();
});

test('an end in memory that is not served yet refuses to send', async () => {
  await expect(inMemory().client.send({})).rejects.toThrow('app.serve');
});

test('a client in memory never shares an object with the server', async () => {
  const seen: unknown[] = [];
  class Keeps {
    @Tool() keep() {
      const kept = { list: [1] };
      seen.push(kept);
      return kept;
    }
  }
  @McpModule({ name: 't', version: '1', handlers: [Keeps] })
  class Module {}
  await using server = await createTestServer(Module);
  const client = await server.connect();
  const { structuredContent } = await client.callTool({ name: 'keep' });
  expect(structuredContent).toEqual(seen[0]);
  expect(structuredContent).not.toBe(seen[0]);
});

test('a message in memory that is refused for what is in it is answered under its own id', async () => {
  const app = createApp(Root);
  const transport = inMemory();
  await app.serve(transport);
  const answers: unknown[] = [];
  transport.client.onmessage = (message: never) => void answers.push(message);
  const params: unknown = JSON.parse('{"__proto__":{}}');
  await transport.client.send({ jsonrpc: '2.0', id: 5, method: 'ping', params });
  await new Promise((resolve) => setImmediate(resolve));
  expect(answers).toEqual([
    expect.objectContaining({ id: 5, error: expect.objectContaining({ code: -32700 }) }),
  ]);
  await app.close();
});

test('closing the app closes its clients in memory', async () => {
  const app = createApp(Root);
  const transport = inMemory();
  transport.client.onclose = () => void events.push('client closed');
  await app.serve(transport);
  await app.close();
  expect(events).toEqual(['client closed', 'closed']);
});
