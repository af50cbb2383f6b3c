import { choice, Context, inputRequired, McpModule, Prompt, Resource, Tool } from '@tenon/core';
import {
  createTestServer,
  RecordingLogger,
  testContext,
  type Answers,
  type TestVersion,
} from '../src/index.js';

class Asking {
  @Tool() async order(ctx: Context) {
    const size = await ctx.elicit('Which size?', choice('small', 'large'));
    const sure = await ctx.elicit('Sure?', Boolean);
    return [size, sure].map((each) => (each.action === 'accept' ? each.data : each.action)).join(' ');
  }
  @Tool() async pay(ctx: Context) {
    return ctx.elicitUrl('Pay here', { url: 'https://example.com/pay', elicitationId: 'e-1' });
  }
  @Tool() async write(about: string, ctx: Context) {
    return (await ctx.sample(`Write about ${about}`)).text;
  }
  @Tool() async look(ctx: Context) {
    const { text } = await ctx.sample('How warm is it?', { tools: ['degrees'] });
    return text;
  }
  @Tool() degrees() {
    return '21 degrees';
  }
  @Tool() async folders(ctx: Context) {
    return (await ctx.listRoots()).map(({ uri }) => uri).join(' ');
  }
  @Tool() async together(ctx: Context) {
    const [name, said, roots] = await Promise.all([
      ctx.elicit('Name?', String),
      ctx.sample('Hello'),
      ctx.listRoots(),
    ]);
    return `${name.action} ${said.text} ${roots.length}`;
  }
  @Tool() async stubborn(ctx: Context) {
    const sure = await ctx.elicit('Sure?', Boolean).catch(() => undefined);
    return sure?.action ?? 'went on without';
  }
  @Tool() explicit(ctx: Context) {
    return (
      ctx.inputResponses ??
      inputRequired({ requests: { folders: { method: 'roots/list' } }, state: { step: 1 } })
    );
  }
  @Tool() declared(ctx: Context) {
    return ctx.client?.capabilities;
  }
  @Prompt() async plan(ctx: Context) {
    return (await ctx.requestElicitation({ prompt: 'Where to?', responseType: String })) as string;
  }
  @Resource('weather://here') async here(ctx: Context) {
    return (await ctx.listRoots())[0]?.uri;
  }
}

@McpModule({ name: 't', version: '1', handlers: [Asking] })
class Root {}

const logger = new RecordingLogger();
const yes = { action: 'accept', content: { value: true } } as const;
const large = { action: 'accept', content: { value: 'large' } } as const;
const roots = [{ uri: 'file:///work' }];

describe.each<TestVersion>(['2025-11-25', '2026-07-28'])('%s', (version) => {
  /** A client with these answers, and what it is answered. */
  async function client(answers?: Answers) {
    const server = await createTestServer(Root, { logger });
    const connected = await server.connect(version, { ...(answers && { answers }) });
    const call = async (name: string, args = {}) => {
      const { content, isError } = await connected.callTool({ name, arguments: args });
      return `${isError ? 'failed: ' : ''}${(content as { text: string }[])[0]?.text}`;
    };
    return { client: connected, call, [Symbol.asyncDispose]: server.close };
  }

  test('one answer is the answer to every question of its kind', async () => {
    await using to = await client({ elicit: { action: 'decline' } });
    expect(await to.call('order')).toBe('decline decline');
    expect(await to.call('pay')).toBe('decline');
  });

  test('several answers are given in the order of the questions, and a function makes one of its question', async () => {
    await using to = await client({
      elicit: [large, ({ params }) => (params.message === 'Sure?' ? yes : { action: 'cancel' })],
    });
    expect(await to.call('order')).toBe('large true');
  });

  test('a function may take its time, and knows the form that it is asked to fill in', async () => {
    const seen: unknown[] = [];
    await using to = await client({
      elicit: async (question) => {
        seen.push(question);
        await Promise.resolve();
        return question.params.message === 'Sure?' ? yes : large;
      },
    });
    expect(await to.call('order')).toBe('large true');
    expect(seen).toMatchObject([
      {
        method: 'elicitation/create',
        params: {
          message: 'Which size?',
          requestedSchema: { properties: { value: { enum: ['small', 'large'] } } },
        },
      },
      { method: 'elicitation/create', params: { message: 'Sure?' } },
    ]);
  });

  test('the model says a text, or calls tools first', async () => {
    await using plain = await client({ sample: 'Rain.' });
    expect(await plain.call('write', { about: 'Bergen' })).toBe('Rain.');
    await using calling = await client({
      sample: [
        {
          role: 'assistant',
          model: 'm',
          content: [{ type: 'tool_use', id: '1', name: 'degrees', input: {} }],
          stopReason: 'toolUse',
        },
        ({ params }) =>
          `It is ${JSON.stringify(params.messages.at(-1)).includes('21 degrees') ? 'warm' : '?'}`,
      ],
    });
    expect(await calling.call('look')).toBe('It is warm');
  });

  test('roots are what the client opens', async () => {
    await using to = await client({ roots });
    expect(await to.call('folders')).toBe('file:///work');
    expect(JSON.parse(await to.call('explicit'))).toMatchObject({ folders: { roots } });
  });

  test('questions of several kinds at once are answered, and those of prompts and resources', async () => {
    await using to = await client({ elicit: { action: 'cancel' }, sample: 'Hi', roots });
    expect(await to.call('together')).toBe('cancel Hi 1');
    expect((await to.client.readResource({ uri: 'weather://here' })).contents).toMatchObject([
      { text: 'file:///work' },
    ]);
    await using other = await client({ elicit: { action: 'accept', content: { value: 'Rome' } } });
    expect((await other.client.getPrompt({ name: 'plan' })).messages).toMatchObject([
      { content: { text: 'Rome' } },
    ]);
  });

  test.each<[Answers | undefined, object]>([
    [undefined, {}],
    [{}, {}],
    [{ elicit: yes }, { elicitation: { form: {}, url: {} } }],
    [{ sample: [] }, { sampling: { tools: {}, context: {} } }],
    [{ roots: [] }, { roots: {} }],
    [
      { elicit: yes, sample: '', roots },
      { elicitation: { form: {}, url: {} }, sampling: { tools: {}, context: {} }, roots: {} },
    ],
  ])('with answers %j it declares %j', async (answers, capabilities) => {
    await using to = await client(answers);
    expect(JSON.parse(await to.call('declared'))).toEqual(capabilities);
  });

  test('a client without any answer of a kind is one that cannot be asked', async () => {
    await using to = await client({ roots });
    expect(await to.call('stubborn')).toBe('went on without');
  });

  test('a question that has no answer fails the call, whatever its handler makes of it', async () => {
    await using to = await client({ elicit: [large] });
    await expect(to.call('order')).rejects.toThrow(
      /answers\.elicit has no answer to question 2, elicitation\/create \{.*"message":"Sure\?"/,
    );
    await using stubborn = await client({ elicit: () => undefined });
    await expect(stubborn.call('stubborn')).rejects.toThrow(/question 1,.*Sure\?/);
    expect(await stubborn.call('degrees')).toBe('21 degrees');
  });

  test('what an answer throws fails the call', async () => {
    const wrong = new Error('not what I expected');
    await using to = await client({
      elicit: () => {
        throw wrong;
      },
    });
    await expect(to.call('stubborn')).rejects.toBe(wrong);
  });
});

test('a test runs in both eras, each with its answers from the first on', async () => {
  await using server = await createTestServer(Root, { logger });
  const seen: unknown[] = [];
  await server.inBothEras(
    async (client, version) => {
      const { content } = await client.callTool({ name: 'order' });
      seen.push(version, content);
    },
    { answers: { elicit: [large, yes] } },
  );
  const content = [{ type: 'text', text: 'large true' }];
  expect(seen).toEqual(['2025-11-25', content, '2026-07-28', content]);
});

test('what fails in one era says in which', async () => {
  await using server = await createTestServer(Root, { logger });
  const cause = new Error('no');
  const failing = server.inBothEras((_, version) => {
    if (version === '2026-07-28') throw cause;
  });
  await expect(failing).rejects.toMatchObject({ message: 'In 2026-07-28: no', cause });
});

test('a context for one method takes the same answers, or a list of all in their order', async () => {
  const handler = new Asking();
  const answers: Answers = { elicit: [large, yes], sample: 'Rain.', roots };
  const ctx = testContext({ answers });
  expect(await handler.order(ctx)).toBe('large true');
  expect(await handler.write('Bergen', ctx)).toBe('Rain.');
  expect(await handler.folders(ctx)).toBe('file:///work');
  expect(ctx.questions.map(({ method }) => method)).toEqual([
    'elicitation/create',
    'elicitation/create',
    'sampling/createMessage',
    'roots/list',
  ]);
  await expect(handler.order(ctx)).rejects.toThrow(
    /answers\.elicit has no answer to question 3,.*Which size\?/,
  );
  expect(await handler.order(testContext({ answers: [large, () => yes] }))).toBe('large true');
  await expect(handler.order(testContext({ answers: [large] }))).rejects.toThrow(
    /answers has no answer to question 2,.*Sure\?/,
  );
});
