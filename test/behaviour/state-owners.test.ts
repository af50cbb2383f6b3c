import {
  Context,
  createApp,
  McpModule,
  MemoryStore,
  AtomicStore,
  Middleware,
  Principal,
  Prompt,
  ProtocolError,
  Resource,
  Tool,
  UserSession,
  type Call,
  type InitializeParams,
  type InitializeResult,
  type MiddlewareHooks,
  type Next,
  type StateScope,
} from '@tenon/core';
import { http } from '@tenon/http';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { createTestServer, ManualClock, RecordingLogger, type TestServer } from '@tenon/testing';

class Notes {
  @Tool() async keep(value: string, scope: string, ctx: Context) {
    await ctx.setState('note', value, { scope: scope as StateScope });
    return (await ctx.getState<string>('note', { scope: scope as StateScope })) ?? 'nothing';
  }

  @Tool() async read(scope: string, ctx: Context) {
    return (await ctx.getState<string>('note', { scope: scope as StateScope })) ?? 'nothing';
  }

  @Tool() async mine(user: UserSession) {
    return (await user.get<string>('note')) ?? 'nothing';
  }

  @Resource('note://last') async last(ctx: Context) {
    return (await ctx.getState<string>('note')) ?? 'nothing';
  }

  @Prompt() async recall(ctx: Context) {
    return (await ctx.getState<string>('note')) ?? 'nothing';
  }
}

/** Keeps something for the message, where the client asks for it. */
@Middleware()
class Whispers implements MiddlewareHooks {
  async onCallTool(call: Call, next: Next) {
    const { whisper } = call.context.meta as { whisper?: string };
    if (whisper !== undefined) await call.context.setState('note', whisper, { scope: 'request' });
    return next();
  }
}

@McpModule({ name: 'state', version: '1.0.0', handlers: [Notes], middleware: [Whispers], logLevel: 'silent' })
class NotesModule {}

const alice = new Principal({ issuer: 'i', subject: 'alice' });
const bob = new Principal({ issuer: 'i', subject: 'bob' });
/** Called alike, and somebody else: by another issuer, of another tenant, through another program. */
const namesakes = [
  new Principal({ issuer: 'j', subject: 'alice' }),
  new Principal({ issuer: 'i', subject: 'alice', tenant: 't' }),
  new Principal({ issuer: 'i', subject: 'alice', clientId: 'c' }),
];
const VERSIONS = ['2025-11-25', '2026-07-28'] as const;

async function caller(server: TestServer, version: (typeof VERSIONS)[number], principal?: Principal) {
  const client = await server.connect(version, principal && { principal });
  const call = async (name: string, args = {}, _meta = {}) => {
    const { content } = await client.callTool({ name, arguments: args, _meta });
    return (content as { text: string }[])[0]?.text;
  };
  const keep = (value: string, scope: StateScope = 'session') => call('keep', { value, scope });
  const read = (scope: StateScope = 'session', meta = {}) => call('read', { scope }, meta);
  return { client, call, keep, read };
}

test('two callers and two sessions of one of them use the same keys, and read their own', async () => {
  await using server = await createTestServer(NotesModule);
  const callers = await Promise.all([
    caller(server, '2025-11-25', alice),
    caller(server, '2025-11-25', alice),
    caller(server, '2025-11-25', bob),
    caller(server, '2025-11-25'),
    caller(server, '2025-11-25'),
    caller(server, '2026-07-28', alice),
    caller(server, '2026-07-28', bob),
  ]);
  await Promise.all(callers.map(({ keep }, i) => keep(`of ${i}`)));
  const read = await Promise.all(callers.map((each) => each.read()));
  expect(read).toEqual(callers.map((_, i) => `of ${i}`));
});

test('what a caller keeps is there in each of its sessions and in both revisions, and for nobody else', async () => {
  await using server = await createTestServer(NotesModule);
  await (await caller(server, '2025-11-25', alice)).keep('a1', 'user');
  for (const version of VERSIONS) {
    const again = await caller(server, version, alice);
    expect(await again.read('user')).toBe('a1');
    expect(await again.call('mine')).toBe('a1');
    expect(await again.read('session')).toBe('nothing');
    for (const principal of [bob, ...namesakes]) {
      const other = await caller(server, version, principal);
      expect(await other.read('user')).toBe('nothing');
      expect(await other.call('mine')).toBe('nothing');
    }
  }
});

test.each(['sesion', 'User', '', 'toString', '__proto__'])(
  'no caller keeps or reads anything in "%s", which is no scope',
  async (scope) => {
    const store = new MemoryStore(new ManualClock());
    const logger = new RecordingLogger();
    await using server = await createTestServer(NotesModule, {
      logger,
      override: [{ provide: AtomicStore, useValue: store }],
    });
    const [one, two] = [await caller(server, '2025-11-25', alice), await caller(server, '2026-07-28', bob)];
    expect(await one.keep('mine', scope as StateScope)).toMatch(/^Error calling tool 'keep' \(ref/);
    expect(await two.read(scope as StateScope)).toMatch(/^Error calling tool 'read' \(ref/);
    expect(await kept(store)).toHaveLength(0);
    const { err } = logger.lines.at(-1)?.fields as { err: Error };
    expect(err).toMatchObject({
      code: 'ERR_STATE_SCOPE',
      message: expect.stringContaining(JSON.stringify(scope)),
      fix: expect.stringContaining("'user'"),
    });
  },
);

test.each(VERSIONS)('an anonymous caller has no state of the user, and hears why: %s', async (version) => {
  const logger = new RecordingLogger();
  await using server = await createTestServer(NotesModule, { logger });
  const { read, call } = await caller(server, version);
  const sentence = /^ERR_STATE_NO_USER: .*anonymous.*Authenticate/;
  expect(await read('user')).toMatch(sentence);
  expect(await call('mine')).toMatch(sentence);
  expect(logger.lines.map(({ message }) => message)).toEqual([
    expect.stringMatching(/tools\/call: ERR_STATE_NO_USER: .*"note".*\n.*@SessionHandle/),
    expect.stringMatching(/ERR_STATE_NO_USER: .*UserSession/),
  ]);
});

test('resources and prompts tell an anonymous caller without a session the same, as an error', async () => {
  await using server = await createTestServer(NotesModule);
  const client = await server.connect('2026-07-28');
  const refused = { code: -32603, message: expect.stringMatching(/ERR_STATE_NO_SESSION: .*Authenticate/) };
  await expect(client.readResource({ uri: 'note://last' })).rejects.toMatchObject(refused);
  await expect(client.getPrompt({ name: 'recall' })).rejects.toMatchObject(refused);
});

test('a caller that comes back begins a new session; what the old one kept is forgotten', async () => {
  const store = new MemoryStore(new ManualClock());
  await using server = await createTestServer(NotesModule, {
    override: [{ provide: AtomicStore, useValue: store }],
  });
  const first = await caller(server, '2025-11-25', alice);
  await first.keep('before');
  expect(await kept(store)).toHaveLength(1);
  await first.client.close();
  const second = await caller(server, '2025-11-25', alice);
  expect(await second.read()).toBe('nothing');
  expect(await kept(store)).toHaveLength(0);
});

test('a session that is taken up again by its id has its state, until its client ends it', async () => {
  const app = createApp(NotesModule);
  const { url } = await app.serve(http({ port: 0 }));
  const enter = async (sessionId?: string) => {
    const transport = new StreamableHTTPClientTransport(new URL(url ?? ''), sessionId ? { sessionId } : {});
    const client = new Client({ name: 'c', version: '1' });
    await client.connect(transport as never);
    const text = async (name: string, args: object) =>
      (
        (await client.callTool({ name, arguments: { scope: 'session', ...args } })).content as {
          text: string;
        }[]
      )[0]?.text;
    return { client, transport, text };
  };
  const first = await enter();
  await first.text('keep', { value: 'x' });
  await first.client.close();
  const again = await enter(first.transport.sessionId);
  expect(await again.text('read', {})).toBe('x');
  expect(await (await enter()).text('read', {})).toBe('nothing');
  await again.transport.terminateSession();
  await expect(again.text('read', {})).rejects.toThrow();
  await app.close();
});

test('what is kept while a session begins is there for its calls; a session that is refused leaves nothing', async () => {
  @Middleware()
  class Doorkeeper implements MiddlewareHooks {
    async onInitialize(call: Call<InitializeParams>, next: Next<InitializeParams, InitializeResult>) {
      const { name } = call.params.clientInfo;
      await call.context.setState('note', `${name} came in`);
      if (name === 'scraper') throw new ProtocolError(-32001, 'People only');
      return next();
    }
  }
  @McpModule({
    name: 'door',
    version: '1.0.0',
    handlers: [Notes],
    middleware: [Doorkeeper],
    logLevel: 'silent',
  })
  class DoorModule {}
  const store = new MemoryStore(new ManualClock());
  const app = createApp(DoorModule, { override: [{ provide: AtomicStore, useValue: store }] });
  const { url } = await app.serve(http({ port: 0 }));
  const enter = async (name: string) => {
    const client = new Client({ name, version: '1' });
    await client.connect(new StreamableHTTPClientTransport(new URL(url ?? '')) as never);
    return client;
  };
  await expect(enter('scraper')).rejects.toThrow('People only');
  expect(await kept(store)).toHaveLength(0);
  const client = await enter('ada');
  const { content } = await client.callTool({ name: 'read', arguments: { scope: 'session' } });
  expect(content).toMatchObject([{ text: 'ada came in' }]);
  await client.close();
  await app.close();
});

test('when the server itself ends, what sessions keep stays in the store', async () => {
  const store = new MemoryStore(new ManualClock());
  const server = await createTestServer(NotesModule, {
    override: [{ provide: AtomicStore, useValue: store }],
  });
  await (await caller(server, '2025-11-25')).keep('x');
  await server.app.close();
  expect(await kept(store)).toHaveLength(1);
  await server.close();
});

test('what a middleware keeps for the request stands before what the session keeps, until that is set', async () => {
  await using server = await createTestServer(NotesModule);
  const { call, keep, read } = await caller(server, '2025-11-25', alice);
  await keep('loud');
  await keep('for alice', 'user');
  expect(await read('session', { whisper: 'soft' })).toBe('soft');
  expect(await read('request', { whisper: 'soft' })).toBe('soft');
  expect(await read('user', { whisper: 'soft' })).toBe('for alice');
  expect(await call('keep', { value: 'louder', scope: 'session' }, { whisper: 'soft' })).toBe('louder');
  expect(await read()).toBe('louder');
});

test('the store has no name, no session id and no key of the server in its keys', async () => {
  const store = new MemoryStore(new ManualClock());
  await using server = await createTestServer(NotesModule, {
    override: [{ provide: AtomicStore, useValue: store }],
  });
  const { keep } = await caller(server, '2025-11-25', alice);
  for (const scope of ['session', 'user', 'server'] as const) await keep('x', scope);
  for (const key of await kept(store)) expect(key).toMatch(/^state\/(session|user|server)\/[\w-]{43}$/);
});

async function kept(store: MemoryStore): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const [key] of store.entries('')) keys.push(key);
  return keys;
}
