import {
  Context,
  createApp,
  Injectable,
  McpModule,
  Tool,
  ToolError,
  type ModuleOptions,
  type Params,
  type SamplingHandler,
} from '@tenon/core';
import { ManualClock, RecordingLogger } from '@tenon/testing';
import { Connection } from '../../src/transports/connection.js';

interface Message {
  readonly id?: string | number;
  readonly method?: string;
  readonly params?: Params;
  readonly result?: { readonly content: readonly { readonly text: string }[]; readonly isError?: boolean };
}

class Asker {
  @Tool() async ask(ctx: Context) {
    const result = await ctx.elicit('Name?', String);
    return result.action === 'accept' ? result.data : result.action;
  }

  @Tool() async soon(ctx: Context) {
    return (await ctx.elicit('Name?', String, { timeoutMs: 1000 })).action;
  }

  @Tool() async hasty(ctx: Context) {
    await Promise.all([ctx.elicit('Name?', String), Promise.reject(new ToolError('No need'))]);
  }

  @Tool() async sample(ctx: Context) {
    return (await ctx.sample('Hello')).text;
  }

  @Tool() async twice(ctx: Context) {
    return `${(await ctx.sample('a')).text} ${(await ctx.sample('b')).text}`;
  }
}

/** A 2025-11-25 client that has initialized, over a connection of its own. */
async function session(capabilities: object = { elicitation: {} }, options: Partial<ModuleOptions> = {}) {
  @McpModule({ name: 't', version: '1', handlers: [Asker], ...options })
  class Root {}
  const clock = new ManualClock();
  const app = createApp(Root, { logger: new RecordingLogger(), clock });
  const endpoint = await app.start();
  const open = () => {
    const heard: Message[] = [];
    const connection = new Connection(endpoint, (text) => void heard.push(JSON.parse(text) as Message));
    const send = (message: object) => {
      connection.receive(JSON.stringify({ jsonrpc: '2.0', ...message }));
    };
    const params = { protocolVersion: '2025-11-25', capabilities, clientInfo: { name: 'c', version: '1' } };
    send({ id: 'init', method: 'initialize', params });
    send({ method: 'notifications/initialized' });
    heard.length = 0;
    const call = (id: number, name: string) => {
      send({ id, method: 'tools/call', params: { name, arguments: {} } });
    };
    const asked = () => heard.filter(({ method }) => method === 'elicitation/create');
    const answerTo = (id: number) => heard.find((message) => message.id === id)?.result;
    return { heard, connection, send, call, asked, answerTo };
  };
  return { ...open(), open, app, clock };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('two sessions with the same ids each get the answer to their own question', async () => {
  const one = await session();
  const two = one.open();
  for (const each of [one, two]) each.call(1, 'ask');
  await turn();
  const [first, second] = [one.asked()[0], two.asked()[0]];
  expect(first?.id).toBe(second?.id);
  two.send({ id: second?.id, result: { action: 'accept', content: { value: 'two' } } });
  one.send({ id: first?.id, result: { action: 'accept', content: { value: 'one' } } });
  await turn();
  expect(one.answerTo(1)?.content[0]?.text).toBe('one');
  expect(two.answerTo(1)?.content[0]?.text).toBe('two');
  await one.app.close();
});

test.each([null, 'x', [], {}, { action: 'maybe' }, { action: 'accept', content: [] }])(
  'what is no answer, as %p, does not reach the handler, and the model is told',
  async (result) => {
    const { call, asked, answerTo, send, app } = await session();
    call(1, 'ask');
    await turn();
    send({ id: asked()[0]?.id, result });
    await turn();
    const text = 'What the client answered to elicitation/create has not the form of an answer';
    expect(answerTo(1)).toMatchObject({ isError: true, content: [{ text }] });
    await app.close();
  },
);

test.each([
  [{ code: -1, message: 'Not now' }, 'The client refused elicitation/create: Not now'],
  ['boom', 'The client refused elicitation/create'],
  [null, 'What the client answered to elicitation/create has not the form of an answer'],
])('the refusal %p is told as "%s"', async (error, text) => {
  const { call, asked, answerTo, send, app } = await session();
  call(1, 'ask');
  await turn();
  send({ id: asked()[0]?.id, error });
  await turn();
  expect(answerTo(1)).toMatchObject({ isError: true, content: [{ text }] });
  await app.close();
});

test('a client that does not answer is given up after five minutes, or sooner, and told so', async () => {
  const { call, clock, heard, answerTo, send, app } = await session();
  call(1, 'ask');
  call(2, 'soon');
  await turn();
  clock.advance(1100);
  await turn();
  expect(answerTo(2)).toMatchObject({
    isError: true,
    content: [{ text: 'The client did not answer elicitation/create within 1 s' }],
  });
  expect(answerTo(1)).toBeUndefined();
  clock.advance(5 * 60_000);
  await turn();
  expect(answerTo(1)?.content[0]?.text).toContain('within 300 s');
  const cancelled = heard.filter(({ method }) => method === 'notifications/cancelled');
  expect(cancelled).toHaveLength(2);
  // What comes too late is let pass.
  send({ id: cancelled[0]?.params?.requestId, result: { action: 'cancel' } });
  await app.close();
});

test('a question that is open when its call is answered is taken back, before the answer', async () => {
  const { call, asked, heard, answerTo, clock, app } = await session();
  call(1, 'hasty');
  await turn();
  const [question] = asked();
  expect(heard.map(({ method, id }) => method ?? id)).toEqual([
    'elicitation/create',
    'notifications/cancelled',
    1,
  ]);
  expect(heard[1]?.params).toEqual({
    requestId: question?.id,
    reason: 'What it was asked for has been answered without it',
  });
  expect(answerTo(1)).toMatchObject({ isError: true, content: [{ text: 'No need' }] });
  expect(app.counts().timers).toBe(0);
  clock.advance(6 * 60_000);
  expect(heard).toHaveLength(3);
  await app.close();
});

test('the refusal of a client is for the model to read', async () => {
  const { call, asked, send, answerTo, app } = await session();
  call(1, 'ask');
  await turn();
  send({ id: asked()[0]?.id, error: { code: -1, message: 'User rejected the request' } });
  await turn();
  expect(answerTo(1)).toMatchObject({
    isError: true,
    content: [{ text: 'The client refused elicitation/create: User rejected the request' }],
  });
  await app.close();
});

test('who cancels a call cancels what it was asked for', async () => {
  const { call, asked, send, heard, answerTo, app } = await session();
  call(0, 'ask');
  await turn();
  send({ method: 'notifications/cancelled', params: { requestId: 0 } });
  await turn();
  expect(heard.filter(({ method }) => method === 'notifications/cancelled')).toMatchObject([
    { params: { requestId: asked()[0]?.id } },
  ]);
  expect(answerTo(0)).toBeUndefined();
  await app.close();
});

test('a session that ends lets no question hang', async () => {
  const { call, connection, app, clock } = await session();
  call(1, 'ask');
  await turn();
  connection.close();
  await connection.idle();
  await app.close();
  expect(clock.waiting).toBe(0);
});

@Injectable()
class OwnModel implements SamplingHandler {
  asked = 0;
  createMessage(params: Params) {
    this.asked++;
    const [message] = params.messages as { content: { text: string } }[];
    const content = { type: 'text' as const, text: `own ${message?.content.text}` };
    return { role: 'assistant' as const, model: 'own', content };
  }
}

test("a server's own model answers for clients that have none, and with always for all", async () => {
  const own = { providers: [OwnModel], sampling: { handler: OwnModel } };
  const without = await session({}, own);
  without.call(1, 'sample');
  await turn();
  expect(without.answerTo(1)?.content[0]?.text).toBe('own Hello');
  await without.app.close();

  const withModel = await session({ sampling: {} }, own);
  withModel.call(1, 'sample');
  await turn();
  expect(withModel.heard[0]?.method).toBe('sampling/createMessage');
  await withModel.app.close();

  const always = await session({ sampling: {} }, { ...own, sampling: { handler: OwnModel, always: true } });
  always.call(1, 'twice');
  await turn();
  expect(always.answerTo(1)?.content[0]?.text).toBe('own a own b');
  expect(always.app.get(OwnModel).asked).toBe(2);
  await always.app.close();
});
