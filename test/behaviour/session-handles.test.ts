import {
  createApp,
  HeldSession,
  McpModule,
  Principal,
  Prompt,
  Resource,
  SessionHandle,
  sessionTools,
  Tool,
  type App,
} from '@tenon/core';
import { createTestServer, ManualClock, type TestServer } from '@tenon/testing';
import { connect, WAYS } from './connect.js';

class Notes {
  /** Adds a line. */
  @Tool() async note(line: string, @SessionHandle() session: HeldSession) {
    const lines = [...((await session.get<string[]>('lines')) ?? []), line];
    await session.set('lines', lines);
    return lines;
  }

  /** Whether a session is there; does not look into it. */
  @Tool() there(@SessionHandle('room', { description: 'Which room.' }) room: HeldSession) {
    return room.handle;
  }

  @Resource('notes://{session_id}') async lines(@SessionHandle() session: HeldSession) {
    return (await session.get<string[]>('lines'))?.join('\n') ?? '';
  }

  @Prompt() async summary(@SessionHandle() session: HeldSession) {
    return (await session.get<string[]>('lines'))?.join(', ') ?? '';
  }
}

@McpModule({
  name: 'handles',
  version: '1.0.0',
  handlers: [Notes],
  components: sessionTools(),
  state: { ttlMs: 60_000, maxHandles: 3 },
  logLevel: 'silent',
})
class HandlesModule {}

const UNKNOWN = /^ERR_STATE_HANDLE: .*create_session/;
const alice = new Principal({ issuer: 'i', subject: 'alice' });
const bob = new Principal({ issuer: 'i', subject: 'bob' });

describe.each(WAYS)('over $over, in $version', (way) => {
  let app: App;
  beforeEach(() => {
    app = createApp(HandlesModule);
  });
  afterEach(() => app.close());

  test('a session is begun, used from call to call, and ended', async () => {
    const { client, call } = await connect(app, way);
    const text = async (name: string, args = {}) =>
      ((await call(name, args)).content[0] as { text: string } | undefined)?.text;
    const { structuredContent } = await call('create_session');
    const { session_id } = structuredContent as { session_id: string };
    expect(session_id).toMatch(/^[0-9a-f-]{36}$/);
    await text('note', { session_id, line: 'tea' });
    expect(await text('note', { session_id, line: 'milk' })).toBe('["tea","milk"]');
    const { messages } = await client.getPrompt({ name: 'summary', arguments: { session_id } });
    expect(messages[0]?.content).toMatchObject({ text: 'tea, milk' });
    const { contents } = await client.readResource({ uri: `notes://${session_id}` });
    expect(contents).toMatchObject([{ text: 'tea\nmilk' }]);
    await expect(client.readResource({ uri: 'notes://other' })).rejects.toMatchObject({
      code: -32603,
      message: expect.stringMatching(/ERR_STATE_HANDLE: /),
    });
    await text('end_session', { session_id });
    expect(await text('note', { session_id, line: 'more' })).toMatch(UNKNOWN);
    expect(await text('end_session', { session_id })).toMatch(UNKNOWN);
    await client.close();
  });

  test('the handle is an argument like any other', async () => {
    const { client, call } = await connect(app, way);
    const { tools } = await client.listTools();
    const schema = (name: string) => tools.find((each) => each.name === name)?.inputSchema;
    expect(schema('note')).toMatchObject({
      properties: { session_id: { type: 'string', description: expect.stringContaining('create_session') } },
      required: expect.arrayContaining(['session_id', 'line']),
    });
    expect(schema('there')).toMatchObject({ properties: { room: { description: 'Which room.' } } });
    expect(await call('there', {})).toMatchObject({
      isError: true,
      content: [{ text: expect.stringMatching(/^Invalid arguments.*room/) }],
    });
    await client.close();
  });
});

async function caller(server: TestServer, principal?: Principal) {
  const client = await server.connect('2026-07-28', principal && { principal });
  const call = async (name: string, args = {}) => {
    const { content } = await client.callTool({ name, arguments: args });
    return (content as { text: string }[])[0]?.text ?? '';
  };
  const begin = async () => /"session_id":"(.+)"/.exec(await call('create_session'))?.[1] ?? '';
  return { call, begin };
}

test('a handle is good for the caller it was made for, and for nobody else', async () => {
  await using server = await createTestServer(HandlesModule);
  const callers = [await caller(server, alice), await caller(server, bob), await caller(server)];
  const handles = await Promise.all(callers.map(({ begin }) => begin()));
  expect(new Set(handles).size).toBe(3);
  for (const [i, { call }] of callers.entries()) {
    for (const [j, handle] of handles.entries()) {
      const answer = await call('there', { room: handle });
      if (i === j) expect(answer).toBe(handle);
      else expect(answer).toMatch(UNKNOWN);
    }
  }
});

test('whoever has another’s handle can neither end that session nor write into it', async () => {
  await using server = await createTestServer(HandlesModule);
  const [one, two] = [await caller(server, alice), await caller(server, bob)];
  const session_id = await one.begin();
  await one.call('note', { session_id, line: 'mine' });
  expect(await two.call('end_session', { session_id })).toMatch(UNKNOWN);
  expect(await two.call('note', { session_id, line: 'yours' })).toMatch(UNKNOWN);
  expect(await one.call('note', { session_id, line: 'still' })).toBe('["mine","still"]');
});

test.each(['', 'x', '../..', '__proto__', 'é'.repeat(5000)])(
  'a handle that was never given is told like any other (%#)',
  async (room) => {
    await using server = await createTestServer(HandlesModule);
    const { call } = await caller(server);
    const answer = await call('there', { room });
    expect(answer).toMatch(UNKNOWN);
    expect(answer).not.toContain('éé');
  },
);

test('a session ends by itself when nothing has been kept in it for its time', async () => {
  const clock = new ManualClock();
  await using server = await createTestServer(HandlesModule, { clock });
  const { call, begin } = await caller(server, alice);
  const [used, left] = [await begin(), await begin()];
  clock.advance(50_000);
  await call('note', { session_id: used, line: 'a' });
  clock.advance(50_000);
  expect(await call('there', { room: left })).toMatch(UNKNOWN);
  expect(await call('note', { session_id: used, line: 'b' })).toBe('["a","b"]');
});

test('each caller has so many sessions, and one that ends makes room', async () => {
  const clock = new ManualClock();
  await using server = await createTestServer(HandlesModule, { clock });
  const [one, two, nobody] = [await caller(server, alice), await caller(server, bob), await caller(server)];
  const [first] = [await one.begin(), await one.begin(), await one.begin()];
  expect(await one.call('create_session')).toMatch(/^ERR_STATE_HANDLES: .* 3 sessions.*end_session/);
  expect(await two.begin()).not.toBe('');
  expect(await nobody.begin()).not.toBe('');
  await one.call('end_session', { session_id: first });
  expect(await one.begin()).not.toBe('');
  expect(await one.begin()).toBe('');
});

test('sessions that are kept alive count for as long as they live', async () => {
  const clock = new ManualClock();
  await using server = await createTestServer(HandlesModule, { clock });
  const { call, begin } = await caller(server, alice);
  const kept = [await begin(), await begin()];
  await begin();
  for (let day = 0; day < 5; day++) {
    clock.advance(50_000);
    for (const session_id of kept) await call('note', { session_id, line: `${day}` });
  }
  expect(await begin()).not.toBe('');
  expect(await call('create_session')).toMatch(/^ERR_STATE_HANDLES/);
});

test('of many sessions that are begun at once no more are given than there may be', async () => {
  await using server = await createTestServer(HandlesModule);
  const { begin } = await caller(server, alice);
  const handles = await Promise.all(Array.from({ length: 20 }, () => begin()));
  expect(handles.filter((handle) => handle !== '')).toHaveLength(3);
});
