import { PassThrough, Writable } from 'node:stream';
import { createApp, McpModule, stdio, Tool, type App, type Served, type StdioOptions } from '@tenon/core';
import { ManualClock, RecordingLogger } from '@tenon/testing';

let release = (): void => undefined;
let closed: string[] = [];

class Tools {
  @Tool() ping(word: string = 'pong') {
    return word;
  }
  @Tool() async waits() {
    await new Promise<void>((resolve) => (release = resolve));
    return 'released';
  }
}

@McpModule({ name: 't', version: '1', handlers: [Tools] })
class Root {}

const clock = new ManualClock();
let app: App;
let input: PassThrough;
let output: PassThrough;
let served: Served;

async function serve(options: StdioOptions = {}): Promise<void> {
  input = new PassThrough();
  output = new PassThrough();
  app = createApp(Root, { clock, logger: new RecordingLogger() });
  served = await app.serve(stdio({ input, output, ...options }));
}

beforeEach(() => {
  closed = [];
});
afterEach(() => app.close());

const settle = async (): Promise<void> => {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
};
const lines = (): { id?: unknown; result?: object; error?: { code: number } }[] =>
  String((output.read() as Buffer | null) ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as object);

const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
};
const call = (id: unknown, name: string, args: object = {}): string =>
  `${JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: args, _meta: META } })}\n`;

test('a message a line, an answer a line', async () => {
  await serve();
  input.write(call(1, 'ping') + call(2, 'ping'));
  await settle();
  expect(lines().map(({ id }) => id)).toEqual([1, 2]);
});

test('lines come in whatever pieces, between the bytes of a character too', async () => {
  await serve();
  for (const byte of Buffer.from(`\r\n  \n${call(1, 'ping', { word: 'größe 🌍' })}`))
    input.write(Buffer.from([byte]));
  await settle();
  expect(lines()).toEqual([
    expect.objectContaining({
      id: 1,
      result: expect.objectContaining({ content: [{ type: 'text', text: 'größe 🌍' }] }),
    }),
  ]);
});

test('a line that is too long is refused without being kept, the next one is answered', async () => {
  await serve({ maxMessageBytes: 400 });
  for (let i = 0; i < 100; i++) input.write('x'.repeat(100));
  input.write(`\n${call(1, 'ping')}`);
  await settle();
  expect(lines()).toEqual([
    expect.objectContaining({ id: null, error: expect.objectContaining({ code: -32700 }) }),
    expect.objectContaining({ id: 1, result: expect.anything() }),
  ]);
});

test('a line of exactly the bound is read', async () => {
  const line = call(1, 'ping');
  await serve({ maxMessageBytes: Buffer.byteLength(line) - 1 });
  input.write(line);
  await settle();
  expect(lines()).toHaveLength(1);
});

test('bytes that are not UTF-8 are refused, the next line is answered', async () => {
  await serve();
  input.write(Buffer.concat([Buffer.from([0x7b, 0xff, 0xfe, 0x0a]), Buffer.from(call(1, 'ping'))]));
  await settle();
  expect(lines().map(({ id, error }) => [id, error?.code])).toEqual([
    [null, -32700],
    [1, undefined],
  ]);
});

test('a line refused for what is in it is answered under its own id, and the next one as usual', async () => {
  await serve();
  input.write(`{"jsonrpc":"2.0","id":1,"method":"ping","params":{"__proto__":{}}}\n`);
  input.write(`{"jsonrpc":"2.0","id":2,"params":${'['.repeat(1e5)}${']'.repeat(1e5)},"method":"ping"}\n`);
  input.write(`{"jsonrpc":"2.0","id":3,"method":"tools/call","params":[]}\n${call(4, 'ping')}`);
  await settle();
  expect(lines().map(({ id, error }) => [id, error?.code])).toEqual([
    [1, -32700],
    [2, -32700],
    [3, -32600],
    [4, undefined],
  ]);
});

test('the end of the input waits for what is under way, and sends its answer', async () => {
  await serve();
  void served.ended?.then(() => closed.push('ended'));
  input.end(call(1, 'waits'));
  await settle();
  expect(closed).toEqual([]);
  release();
  await served.ended;
  expect(lines()).toEqual([expect.objectContaining({ id: 1, result: expect.anything() })]);
});

test('the end of the input does not wait for long', async () => {
  await serve();
  void served.ended?.then(() => closed.push('ended'));
  input.end(call(1, 'waits'));
  await settle();
  clock.advance(1100);
  await settle();
  expect(closed).toEqual(['ended']);
  release();
  await settle();
  expect(lines()).toEqual([]);
});

test('a last line without its end is a line', async () => {
  await serve();
  input.end(call(1, 'ping').trimEnd());
  await served.ended;
  expect(lines()).toHaveLength(1);
});

test('a reader that has gone ends the stay, however often the output says so', async () => {
  const broken = new Writable({
    autoDestroy: false,
    write: (_chunk, _encoding, done) => done(new Error('EPIPE')),
  });
  await serve({ output: broken });
  input.write(call(1, 'ping') + call(2, 'ping') + call(3, 'ping'));
  await served.ended;
  await settle();
  expect(() => broken.emit('error', new Error('EPIPE'))).not.toThrow();
});

test('an input that breaks ends the stay', async () => {
  await serve();
  void served.ended?.then(() => closed.push('ended'));
  expect(() => input.destroy(new Error('EIO'))).not.toThrow();
  await settle();
  expect(closed).toEqual(['ended']);
});

test('once closed, nothing is read or sent', async () => {
  await serve();
  await served.close();
  input.write(call(1, 'ping'));
  await settle();
  expect(lines()).toEqual([]);
});

test('a server that ends answers for a handler that does not heed its signal, once, after its time', async () => {
  await serve();
  input.write(call(1, 'waits'));
  await settle();
  const closing = app.close();
  await settle();
  expect(lines()).toEqual([]);
  clock.advance(5100);
  await closing;
  release();
  await settle();
  expect(lines()).toMatchObject([{ id: 1, error: { code: -32603, message: 'The server is closing' } }]);
});
