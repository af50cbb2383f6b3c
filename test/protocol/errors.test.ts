import {
  createApp,
  McpModule,
  Prompt,
  ProtocolError,
  Resource,
  ResourceNotFound,
  Tool,
  ToolError,
  type App,
} from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import { overHttp, type HttpWire, type SessionWire } from './http-wire.js';
import { overLines } from './line-wire.js';

let code = 0;

class Handler {
  @Tool() refuses() {
    throw new ProtocolError(code, 'Refused', { why: 'because' });
  }
  @Tool() fails() {
    throw new ToolError('It rains');
  }
  @Tool() breaks() {
    throw new Error('postgres://u:p@db');
  }
  @Tool() add(a: number, b: number) {
    return a + b;
  }
  @Resource('data://breaks') unreadable() {
    throw new Error('/etc/passwd');
  }
  @Resource('user://{id}') user(id: string) {
    throw new ResourceNotFound(`Nobody has the id ${id}`);
  }
  @Resource('data://one') one() {
    return '1';
  }
  @Prompt() greet(name: string) {
    return `Greet ${name}.`;
  }
}

@McpModule({ name: 'errors', version: '1', handlers: [Handler] })
class ErrorsModule {}

let app: App;
let wire: HttpWire;
let session: SessionWire;
let logger: RecordingLogger;

beforeAll(async () => {
  logger = new RecordingLogger();
  app = createApp(ErrorsModule, { logger });
  wire = await overHttp(app);
  session = await wire.session();
});
afterAll(() => app.close());

const refused = async (given: number) => {
  code = given;
  const [modern, legacy] = [
    await wire.modern('tools/call', { name: 'refuses' }),
    await session.ask('tools/call', { name: 'refuses' }),
  ];
  return [modern.status, modern.message.error?.code, legacy.status, legacy.message.error?.code];
};

// verifies 2026:5 2026:6 2026:7 2026:33
test.each([
  ['its own', 1234, [200, 1234, 200, 1234]],
  ['invalid params', -32602, [200, -32602, 200, -32602]],
  ['an internal error', -32603, [200, -32603, 200, -32603]],
  ['an unknown method', -32601, [404, -32601, 200, -32601]],
  ['a capability the client lacks', -32021, [400, -32021, 400, -32021]],
  ['the old "resource not found"', -32002, [200, -32602, 200, -32002]],
  ['the old "URL required"', -32042, [200, -32603, 200, -32042]],
  ['one the protocol has not given yet', -32050, [200, -32603, 200, -32050]],
  ['the last of those', -32099, [200, -32603, 200, -32099]],
  ['no integer', 1.5, [200, -32603, 200, -32603]],
])('a handler that refuses with %s code', async (_, given, expected) => {
  expect(await refused(given)).toEqual(expected);
});

test('a code no server may give is told in the log', async () => {
  await refused(-32050);
  expect(logger.lines.filter(({ level }) => level === 'warn').at(-1)).toMatchObject({
    fields: { code: -32050 },
  });
});

// verifies 2026:2 2025:5
test('an error has the id of its request, an integer code and a message', async () => {
  for (const id of [0, 'a', -7]) {
    const { message } = await wire.modern('no/such', {}, { id });
    expect(message).toEqual({
      jsonrpc: '2.0',
      id,
      error: { code: -32601, message: expect.stringContaining('no/such') as string },
    });
    expect((await session.ask('no/such', {}, { id })).message).toEqual(message);
  }
});

// verifies 2026:2
test('where the id cannot be read it is null', async () => {
  for (const body of ['{', '[', 'null', '{"jsonrpc":"2.0","id":{},"method":"ping"}', '']) {
    const { status, message } = await wire.send(body);
    expect([status, message.id]).toEqual([400, null]);
  }
});

// verifies 2026:67 2025:29
test('an unknown tool and arguments that are none are the caller’s errors, wrong arguments a result for the model', async () => {
  for (const params of [{ name: 'nowhere' }, { name: 'add', arguments: [1, 2] }, {}]) {
    const sending = { headers: { 'mcp-name': 'name' in params ? params.name : undefined } };
    expect((await wire.modern('tools/call', params, sending)).message.error?.code).toBe(-32602);
    expect((await session.ask('tools/call', params)).message.error?.code).toBe(-32602);
  }
  for (const ask of [
    () => wire.modern('tools/call', { name: 'add', arguments: { a: 'x' } }),
    () => session.ask('tools/call', { name: 'add', arguments: { a: 'x' } }),
    () => wire.modern('tools/call', { name: 'fails' }),
  ]) {
    const { status, message } = await ask();
    expect([status, message.result.isError]).toEqual([200, true]);
  }
});

// verifies 2026:71 2025:26
test.each([
  ['data://nowhere', "Resource not found: 'data://nowhere'"],
  ['user://7', 'Nobody has the id 7'],
])('%s is not there: the code is that of the era, also where a handler says so', async (uri, message) => {
  const modern = await wire.modern('resources/read', { uri });
  expect([modern.status, modern.message.error]).toEqual([200, { code: -32602, message, data: { uri } }]);
  const legacy = await session.ask('resources/read', { uri });
  expect([legacy.status, legacy.message.error]).toEqual([200, { code: -32002, message, data: { uri } }]);
});

// verifies 2026:71 2026:72
test('what is no URI at all is not there either, and a resource that breaks is an internal error', async () => {
  for (const uri of ['', 'nowhere', 'data:', '../../etc/passwd', 'data://one#x', 'DATA://one/../../x'])
    expect(
      (await wire.modern('resources/read', { uri }, { headers: { 'mcp-name': uri } })).message.error?.code,
    ).toBe(-32602);
  const { message, text } = await wire.modern('resources/read', { uri: 'data://breaks' });
  expect(message.error?.code).toBe(-32603);
  expect(text).not.toContain('passwd');
});

// verifies 2026:75 2026:77 2025:29
test('an unknown prompt, and one without an argument it needs, is the caller’s error', async () => {
  for (const params of [{ name: 'nowhere' }, { name: 'greet' }, { name: 'greet', arguments: { name: 7 } }]) {
    expect((await wire.modern('prompts/get', params)).message.error?.code).toBe(-32602);
    expect((await session.ask('prompts/get', params)).message.error?.code).toBe(-32602);
  }
});

// verifies 2026:82
test('where nothing has suggestions, completion is no method', async () => {
  const params = { ref: { type: 'ref/prompt', name: 'greet' }, argument: { name: 'name', value: '' } };
  const { status, message } = await wire.modern('completion/complete', params);
  expect([status, message.error?.code]).toEqual([404, -32601]);
});

// verifies 2026:33
test.each([
  'constructor',
  '__proto__',
  'hasOwnProperty',
  'tools/call ',
  'TOOLS/LIST',
  'notifications/initialized',
])('the method "%s" is unknown, with the status that says so only in the newer era', async (method) => {
  const modern = await wire.modern(method.trim(), {}, { headers: { 'mcp-method': method.trim() } });
  const legacy = await session.ask(method);
  if (method.trim() === method) expect([modern.status, modern.message.error?.code]).toEqual([404, -32601]);
  expect([legacy.status, legacy.message.error?.code]).toEqual([200, -32601]);
});

test('uncaught text is in no answer', async () => {
  const { text } = await wire.modern('tools/call', { name: 'breaks' });
  expect(text).not.toContain('postgres');
  const lines = await overLines(app);
  expect(JSON.stringify(await lines.modern('tools/call', { name: 'breaks' }))).not.toContain('postgres');
});
