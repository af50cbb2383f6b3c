import {
  Complete,
  Context,
  createApp,
  inputRequired,
  McpModule,
  Prompt,
  Resource,
  Tool,
  type App,
} from '@tenon/core';
import { ManualClock, RecordingLogger } from '@tenon/testing';
import {
  CAPABILITIES,
  events,
  overHttp,
  type HttpWire,
  type SessionWire,
  type WireMessage,
} from './http-wire.js';
import { overLines, type LineWire } from './line-wire.js';

class Handler {
  @Tool() async names(ctx: Context) {
    const both = await Promise.all([ctx.elicit('First?', String), ctx.elicit('Last?', String)]);
    return both.map((each) => (each.action === 'accept' ? each.data : each.action)).join(' ');
  }
  @Tool() async page(ctx: Context) {
    return ctx.elicitUrl('Sign in', { url: 'https://example.com', elicitationId: `e${++pages}` });
  }
  @Tool() pageReturned() {
    const params = { mode: 'url', message: 'Sign in', url: 'https://example.com', elicitationId: 'own' };
    return inputRequired({ requests: { page: { method: 'elicitation/create', params } } });
  }
  @Tool() async model(ctx: Context) {
    return (await ctx.sample('Hello', { tools: ['names'] })).text;
  }
  @Tool() async roots(ctx: Context) {
    return (await ctx.listRoots()).length;
  }
  @Tool() async late(ctx: Context) {
    await new Promise<void>((resolve) => (goOn = resolve));
    return (await ctx.listRoots()).length;
  }
  @Tool() async hurried(ctx: Context) {
    return ctx.ask({ method: 'roots/list', params: {} }, { timeoutMs: 1000 });
  }
  @Prompt() async greet(name: string, ctx: Context) {
    return `${name} ${(await ctx.elicit('How?', String)).action}`;
  }
  @Complete('greet', 'name') async suggest(value: string, ctx: Context) {
    return [value, (await ctx.elicit('Which?', String)).action];
  }
  @Resource('ask://one') async one(ctx: Context) {
    return (await ctx.elicit('Which?', String)).action;
  }
}

@McpModule({ name: 'asking', version: '1', handlers: [Handler] })
class AskingModule {}

const ALL = { elicitation: { form: {}, url: {} }, sampling: { tools: {} }, roots: {} };
const able = (capabilities: object) => ({ meta: { [CAPABILITIES]: capabilities } });

interface Asked {
  readonly inputRequests: Record<string, object>;
  readonly requestState: string;
}

let pages = 0;
let goOn: (() => void) | undefined;
let app: App;
let clock: ManualClock;
let wire: HttpWire;
let lines: LineWire;

beforeEach(async () => {
  pages = 0;
  clock = new ManualClock();
  app = createApp(AskingModule, { logger: new RecordingLogger(), clock });
  wire = await overHttp(app);
  lines = await overLines(app);
});
afterEach(() => app.close());

describe('2026-07-28', () => {
  // verifies 2026:28 2026:42 2026:46 2026:47 2026:48 2026:49
  test('questions stand in a result, under names of their own, and never in a request', async () => {
    const CALLS = [
      ['tools/call', { name: 'names' }, ['elicitation/create', 'elicitation/create']],
      ['tools/call', { name: 'roots' }, ['roots/list']],
      ['tools/call', { name: 'model' }, ['sampling/createMessage']],
      ['prompts/get', { name: 'greet', arguments: { name: 'Ada' } }, ['elicitation/create']],
      ['resources/read', { uri: 'ask://one' }, ['elicitation/create']],
    ] as const;
    for (const [method, params, asked] of CALLS) {
      const { status, messages } = await wire.modern(method, params, able(ALL));
      expect([status, messages.length]).toEqual([200, 1]);
      const { resultType, inputRequests, requestState } = messages[0]?.result as {
        resultType: string;
        inputRequests: Record<string, { method: string }>;
        requestState: string;
      };
      expect(resultType).toBe('input_required');
      expect(Object.values(inputRequests).map((each) => each.method)).toEqual(asked);
      expect(requestState).toMatch(/^[A-Za-z0-9_-]+$/);
      await lines.modern(method, params, { ...able(ALL), id: method });
    }
    for (const message of lines.messages) expect(message).not.toHaveProperty('method');
  });

  // verifies 2026:84
  test('a page has an address and no name, so that a name made anew in each run is the same question', async () => {
    const first = await wire.modern('tools/call', { name: 'page' }, able(ALL));
    const { inputRequests, requestState } = first.message.result as Asked;
    const params = { mode: 'url', message: 'Sign in', url: 'https://example.com' };
    expect(Object.values(inputRequests)).toEqual([{ method: 'elicitation/create', params }]);
    const inputResponses = Object.fromEntries(
      Object.keys(inputRequests).map((key) => [key, { action: 'accept' }]),
    );
    const again = { name: 'page', inputResponses, requestState };
    const { message } = await wire.modern('tools/call', again, able(ALL));
    expect(message.result).toMatchObject({ content: [{ text: 'accept' }] });
    const returned = await wire.modern('tools/call', { name: 'pageReturned' }, able(ALL));
    expect(returned.message.result).toMatchObject({
      inputRequests: { page: { method: 'elicitation/create', params } },
    });
  });

  // verifies 2026:47
  test('where nobody may ask, the question is a failure and no question', async () => {
    const params = { ref: { type: 'ref/prompt', name: 'greet' }, argument: { name: 'name', value: 'a' } };
    const { message } = await wire.modern('completion/complete', params, able(ALL));
    expect(message.error?.code).toBe(-32603);
  });

  // verifies 2026:11 2026:50 2026:84 2026:86
  test.each([
    ['names', {}, { elicitation: {} }],
    ['names', { elicitation: { url: {} } }, { elicitation: {} }],
    ['page', { elicitation: {} }, { elicitation: { url: {} } }],
    ['page', { elicitation: { form: {} } }, { elicitation: { url: {} } }],
    ['model', { sampling: {} }, { sampling: { tools: {} } }],
    ['roots', { sampling: {} }, { roots: {} }],
  ])(
    '%s of a client that declares %p is 400 and -32021, with what is missing',
    async (name, capabilities, missing) => {
      const { status, message } = await wire.modern('tools/call', { name }, able(capabilities));
      expect([status, message.error]).toMatchObject([
        400,
        { code: -32021, data: { requiredCapabilities: missing } },
      ]);
      const answer = await lines.modern('tools/call', { name }, able(capabilities));
      expect(answer.error).toEqual(message.error);
    },
  );

  // verifies 2026:9 2026:53
  test('nothing is kept for a client that never comes back', async () => {
    for (let i = 0; i < 50; i++) await wire.modern('tools/call', { name: 'names' }, able(ALL));
    while (app.counts().requests > 0) await new Promise(setImmediate);
    expect(app.counts()).toEqual({ requests: 0, sessions: 0, streams: 0, listeners: 0, timers: 0 });
  });

  // verifies 2026:54
  test('answers nobody has asked for are passed over, and one that is missing is asked for again', async () => {
    const first = (await wire.modern('tools/call', { name: 'names' }, able(ALL))).message.result;
    const [one = '', two = ''] = Object.keys(first.inputRequests as object);
    const accept = (value: string) => ({ action: 'accept', content: { value } });
    const retry = (inputResponses: unknown, requestState: unknown = first.requestState) =>
      wire.modern('tools/call', { name: 'names', requestState, inputResponses }, able(ALL));
    const again = (await retry({ [one]: accept('Ada'), more: accept('x') })).message.result;
    expect([again.resultType, Object.keys(again.inputRequests as object)]).toEqual(['input_required', [two]]);
    const done = await retry({ [two]: accept('Lovelace') }, again.requestState);
    expect(done.message.result.content).toMatchObject([{ text: 'Ada Lovelace' }]);
    for (const wrong of ['x', 7, [], null, { [one]: 'x', [two]: null }])
      expect((await retry(wrong)).message.result.resultType).toBe('input_required');
  });

  // verifies 2026:51 2026:52
  test.each([['x'], [7], [null], [''], [{ a: 1 }]])('the state %p is refused', async (requestState) => {
    const { message } = await wire.modern('tools/call', { name: 'names', requestState }, able(ALL));
    expect(message.error?.code).toBe(-32602);
  });
});

describe('the older era', () => {
  const answer = (session: SessionWire, question: WireMessage, result: object) =>
    session.send({ jsonrpc: '2.0', id: question.id, result });

  // verifies 2025:3 2025:13 2025:16 2025:31
  test('a question is a request on the stream of the request it belongs to, and on no other', async () => {
    const session = await wire.session('2025-11-25', ALL);
    const other = await session.begin('tools/call', { name: 'roots' }, { id: 1 });
    const response = await session.begin('tools/call', { name: 'page' }, { id: 2 });
    const [heard, heardElsewhere] = [events(response), events(other)];
    const question = (await heard.next()).value as WireMessage;
    expect(question).toMatchObject({
      method: 'elicitation/create',
      params: { mode: 'url', elicitationId: 'e1', url: 'https://example.com' },
    });
    expect((await answer(session, question, { action: 'accept' })).status).toBe(202);
    expect((await heard.next()).value).toMatchObject({ id: 2, result: { content: [{ text: 'accept' }] } });
    expect((await heard.next()).done).toBe(true);
    const roots = (await heardElsewhere.next()).value as WireMessage;
    expect(roots.method).toBe('roots/list');
    await answer(session, roots, { roots: [] });
    expect((await heardElsewhere.next()).value).toMatchObject({ id: 1 });
  });

  // verifies 2025:3 2025:31 2025:32
  test.each([
    ['names', {}],
    ['names', { elicitation: { url: {} } }],
    ['page', { elicitation: {} }],
    ['model', { sampling: {} }],
    ['roots', {}],
  ])('%s asks nothing of a client that declares %p, and says what is missing', async (name, capabilities) => {
    const session = await wire.session('2025-11-25', capabilities);
    const { messages } = await session.ask('tools/call', { name });
    expect(messages).toMatchObject([
      {
        result: { isError: true, content: [{ text: expect.stringContaining('does not support') as string }] },
      },
    ]);
  });

  // verifies 2025:4 2026:60
  test('a client has its time to answer, which the author may set; then the question is taken back', async () => {
    const session = await wire.session('2025-11-25', ALL);
    for (const [name, ms] of [
      ['roots', 5 * 60_000],
      ['hurried', 1000],
    ] as const) {
      const heard = events(await session.begin('tools/call', { name }, { id: name }));
      const question = (await heard.next()).value as WireMessage;
      clock.advance(ms + 100);
      expect((await heard.next()).value).toMatchObject({
        method: 'notifications/cancelled',
        params: { requestId: question.id },
      });
      expect((await heard.next()).value).toMatchObject({ id: name, result: { isError: true } });
      expect((await answer(session, question, { roots: [] })).status).toBe(202);
    }
  });

  test('a server without sessions can ask nobody, and says so at once', async () => {
    const stateless = await overHttp(app, { stateless: true });
    const { message } = await stateless.send({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'roots' },
    });
    expect(message.result).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining('does not support') as string }],
    });
  });

  test('a question fails at once when its client has left, before it or after', async () => {
    const session = await wire.session('2025-11-25', ALL);
    const leaving = new AbortController();
    const heard = events(await session.begin('tools/call', { name: 'roots' }, { signal: leaving.signal }));
    expect((await heard.next()).value).toMatchObject({ method: 'roots/list' });
    const left = session.begin('tools/call', { name: 'late' }, { id: 2, signal: leaving.signal });
    while (!goOn) await new Promise(setImmediate);
    expect(app.counts().requests).toBe(2);
    leaving.abort();
    await expect(left).rejects.toThrow();
    while (app.counts().requests > 1) await new Promise(setImmediate);
    goOn();
    while (app.counts().requests > 0) await new Promise(setImmediate);
  });

  test('a question whose client can come back for it has its time', async () => {
    const resumable = await overHttp(app, { resumable: true });
    const session = await resumable.session('2025-11-25', ALL);
    const leaving = new AbortController();
    const response = await session.begin('tools/call', { name: 'roots' }, { signal: leaving.signal });
    const heard = events(response);
    expect((await heard.next()).value).toMatchObject({ method: 'roots/list' });
    leaving.abort();
    while (app.counts().streams > 0) await new Promise(setImmediate);
    for (let turn = 0; turn < 30; turn++) await new Promise(setImmediate);
    expect(app.counts().requests).toBe(1);
    clock.advance(5 * 60_000 + 100);
    while (app.counts().requests > 0) await new Promise(setImmediate);
  });

  // verifies 2025:23
  test('the question of a request that is cancelled is taken back, and its answer let pass', async () => {
    await lines.initialize('2025-11-25', ALL);
    lines.write({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'roots' } });
    const question = await lines.until(({ method }) => method === 'roots/list');
    lines.write({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } });
    await lines.until(
      ({ method, params }) => method === 'notifications/cancelled' && params.requestId === question.id,
    );
    lines.write({ jsonrpc: '2.0', id: question.id, result: { roots: [] } });
    await lines.ask('ping', {}, 2);
    expect(lines.messages.filter(({ id, method }) => id === 1 && method === undefined)).toEqual([]);
  });
});
