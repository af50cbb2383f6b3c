import {
  choice,
  choices,
  Context,
  createApp,
  ElicitationDeclined,
  inputRequired,
  McpModule,
  Prompt,
  Resource,
  Tool,
  ToolError,
  type MiddlewareHooks,
} from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import { IsEmail, IsInt, Max } from 'class-validator';
import { connect, WAYS, type Answers } from './connect.js';

class Person {
  /** Where to write to. */
  @IsEmail() email!: string;
  @IsInt() @Max(120) age: number = 30;
}

const steps: string[] = [];

class Asking {
  @Tool() async confirm(action: string, ctx: Context) {
    const confirmed = await ctx.requestElicitation({ prompt: `Confirm ${action}?`, responseType: String });
    return { status: confirmed === 'yes' ? 'completed' : 'cancelled', action };
  }

  @Tool() async form(ctx: Context) {
    const result = await ctx.elicit('Who are you?', Person);
    return result.action === 'accept' ? `${result.data.email} ${result.data.age}` : result.action;
  }

  @Tool() async choose(ctx: Context) {
    const level = await ctx.elicit('How much?', choice({ low: 'A little', high: 'A lot' }));
    const colours = await ctx.elicit('Which?', choices('red', 'blue'));
    return [level, colours].map((each) => (each.action === 'accept' ? each.data : each.action)).join(' ');
  }

  @Tool() async decline(ctx: Context) {
    try {
      return await ctx.requestElicitation({ prompt: 'Really?', responseType: Boolean });
    } catch (error) {
      if (error instanceof ElicitationDeclined) return `they ${error.action}`;
      throw error;
    }
  }

  @Tool() async enhance(text: string, ctx: Context) {
    const { content } = await ctx.requestSampling({
      messages: [
        { role: 'system', content: 'You are a professional copywriter.' },
        { role: 'user', content: `Enhance this text: ${text}` },
      ],
      temperature: 0.7,
      maxTokens: 500,
    });
    return content;
  }

  @Tool() async weatherInWords(ctx: Context) {
    const { text, history } = await ctx.sample('How is the weather?', { tools: ['degrees'] });
    return `${text} after ${history.length}`;
  }

  @Tool() degrees(city: string) {
    steps.push(`degrees in ${city}`);
    return `21 in ${city}`;
  }

  @Tool() async roots(ctx: Context) {
    return (await ctx.listRoots()).map(({ uri }) => uri);
  }

  @Tool() async together(ctx: Context) {
    const [name, model, roots] = await Promise.all([
      ctx.elicit('Name?', String),
      ctx.sample('Hello'),
      ctx.listRoots(),
    ]);
    return `${name.action === 'accept' ? name.data : '-'} ${model.text} ${roots.length}`;
  }

  @Tool() async many(rounds: number, ctx: Context) {
    let sum = 0;
    for (let i = 0; i < rounds; i++) {
      const result = await ctx.elicit(`Number ${i}?`, Number);
      if (result.action === 'accept') sum += result.data;
    }
    return sum;
  }

  @Tool() async twice(ctx: Context) {
    const same = [await ctx.elicit('Again?', Number), await ctx.elicit('Again?', Number)];
    return same.map((each) => (each.action === 'accept' ? each.data : '-')).join(' ');
  }

  @Tool() async stepwise(ctx: Context) {
    await ctx.reportProgress(1, 3, 'begun');
    await ctx.info('begun');
    const id = await ctx.once('order', () => {
      steps.push('ordered');
      return steps.length;
    });
    try {
      await ctx.elicit('Go on?', Boolean);
    } finally {
      steps.push('finally');
    }
    await ctx.reportProgress(2, 3, 'going on');
    return `order ${id}`;
  }

  @Tool() async stubborn(ctx: Context) {
    try {
      await ctx.elicit('Name?', String);
    } catch {
      // Goes on as if nothing had happened.
    }
    return 'the end';
  }

  @Tool() async explicit(ctx: Context) {
    const answers = ctx.inputResponses as { user_name?: { content?: { name?: string } } } | undefined;
    if (!answers) {
      return inputRequired({
        requests: {
          user_name: {
            method: 'elicitation/create',
            params: {
              message: 'Name?',
              requestedSchema: { type: 'object', properties: { name: { type: 'string' } } },
            },
          },
        },
        state: { step: 1 },
      });
    }
    return `${answers.user_name?.content?.name} ${JSON.stringify(ctx.requestState)}`;
  }

  @Tool() async refused(ctx: Context) {
    try {
      await ctx.elicit('Name?', String);
    } catch (error) {
      throw new ToolError(`I asked: ${(error as Error).message}`);
    }
  }

  @Tool() async outer(ctx: Context) {
    const { content } = await ctx.callTool('confirm', { action: 'inside' });
    return content;
  }

  @Resource('ask://name') async name(ctx: Context) {
    return ctx.requestElicitation({ prompt: 'Name?', responseType: String });
  }

  @Prompt() async greet(ctx: Context) {
    return `Greet ${await ctx.requestElicitation({ prompt: 'Name?', responseType: String })}.`;
  }
}

const seen: string[] = [];
const watching: MiddlewareHooks = {
  onCallTool: async (call, next) => {
    try {
      const result = await next();
      seen.push(String((result as { resultType?: string }).resultType ?? 'complete'));
      return result;
    } catch (error) {
      seen.push(`threw ${String(error)}`);
      throw error;
    }
  },
};

@McpModule({ name: 'asking', version: '1.0.0', handlers: [Asking], middleware: [watching] })
class AskingModule {}

const accept = (content: object) => ({ action: 'accept', content });

describe.each(WAYS)('over $over, in $version', (way) => {
  const started: (() => Promise<void>)[] = [];
  const logger = new RecordingLogger();

  async function client(answers: Answers) {
    const app = createApp(AskingModule, { logger });
    const connected = await connect(app, way, answers);
    started.push(async () => {
      await connected.client.close();
      await app.close();
    });
    const text = async (name: string, args: Record<string, unknown> = {}) => {
      const { content, isError } = await connected.call(name, args);
      return `${isError ? 'ERROR ' : ''}${(content[0] as { text: string }).text}`;
    };
    return { ...connected, text };
  }

  beforeEach(() => {
    steps.length = 0;
    seen.length = 0;
  });
  afterEach(async () => {
    for (const stop of started.splice(0)) await stop();
  });

  test('a plain value is asked for as a form of one field, and comes back bare', async () => {
    const asked: unknown[] = [];
    const { text } = await client({
      'elicitation/create': (params) => {
        asked.push(params);
        return accept({ value: 'yes' });
      },
    });
    expect(await text('confirm', { action: 'delete' })).toBe('{"status":"completed","action":"delete"}');
    expect(asked).toMatchObject([
      {
        message: 'Confirm delete?',
        requestedSchema: { type: 'object', properties: { value: { type: 'string' } }, required: ['value'] },
      },
    ]);
  });

  test('a class is asked for as a flat form; what does not fit it is told', async () => {
    const asked: { requestedSchema: object }[] = [];
    const answers = [accept({ email: 'a@b.org', age: 7 }), accept({ email: 'nobody', age: 200 })];
    const { text } = await client({
      'elicitation/create': (params) => {
        asked.push(params);
        return answers.shift();
      },
    });
    expect(await text('form')).toBe('a@b.org 7');
    expect(asked[0]?.requestedSchema).toEqual({
      type: 'object',
      properties: {
        email: { type: 'string', description: 'Where to write to. Must be an email.' },
        age: { type: 'integer', maximum: 120, default: 30 },
      },
      required: ['email'],
    });
    expect(await text('form')).toMatch(/^ERROR The answer to the question does not fit: .*email.*age/);
  });

  test('choices are asked for with the words people read', async () => {
    const asked: { requestedSchema: object }[] = [];
    const answers = [accept({ value: 'high' }), accept({ value: ['red', 'blue'] })];
    const { text } = await client({
      'elicitation/create': (params) => {
        asked.push(params);
        return answers.shift();
      },
    });
    expect(await text('choose')).toBe('high red,blue');
    expect(asked[0]?.requestedSchema).toMatchObject({
      properties: {
        value: {
          oneOf: [
            { const: 'low', title: 'A little' },
            { const: 'high', title: 'A lot' },
          ],
        },
      },
    });
    expect(asked[1]?.requestedSchema).toMatchObject({
      properties: { value: { type: 'array', items: { enum: ['red', 'blue'] } } },
    });
  });

  test.each(['decline', 'cancel'])('%s is told to the handler', async (action) => {
    const { text } = await client({ 'elicitation/create': () => ({ action }) });
    expect(await text('decline')).toBe(`they ${action}`);
  });

  test("the client's model is asked with the system prompt apart", async () => {
    const asked: unknown[] = [];
    const { text } = await client({
      'sampling/createMessage': (params) => {
        asked.push(params);
        return { role: 'assistant', model: 'm', content: { type: 'text', text: 'Much better' } };
      },
    });
    expect(await text('enhance', { text: 'hi' })).toBe('Much better');
    expect(asked).toMatchObject([
      {
        messages: [{ role: 'user', content: { type: 'text', text: 'Enhance this text: hi' } }],
        systemPrompt: 'You are a professional copywriter.',
        temperature: 0.7,
        maxTokens: 500,
      },
    ]);
  });

  test('the model may call tools of the server before it answers, each of them once', async () => {
    const { text } = await client({
      'sampling/createMessage': ({
        messages,
        tools,
      }: {
        messages: unknown[];
        tools?: { name: string }[];
      }) => {
        expect(tools?.map(({ name }) => name)).toEqual(['degrees']);
        if (messages.length === 1) {
          const use = { type: 'tool_use', id: 'u1', name: 'degrees', input: { city: 'Oslo' } };
          return { role: 'assistant', model: 'm', stopReason: 'toolUse', content: use };
        }
        return {
          role: 'assistant',
          model: 'm',
          content: { type: 'text', text: JSON.stringify(messages[2]) },
        };
      },
    });
    expect(await text('weatherInWords')).toMatch(/21 in Oslo.* after 4/);
    expect(steps).toEqual(['degrees in Oslo']);
  });

  test('roots are asked for', async () => {
    const { text } = await client({ 'roots/list': () => ({ roots: [{ uri: 'file:///a' }] }) });
    expect(await text('roots')).toBe('["file:///a"]');
  });

  test('questions asked together are answered together', async () => {
    const { text } = await client({
      'elicitation/create': () => accept({ value: 'Ada' }),
      'sampling/createMessage': () => ({
        role: 'assistant',
        model: 'm',
        content: { type: 'text', text: 'Hi' },
      }),
      'roots/list': () => ({ roots: [] }),
    });
    expect(await text('together')).toBe('Ada Hi 0');
    if (way.version === '2026-07-28') expect(seen).toEqual(['input_required', 'complete']);
  });

  test('one question may follow another, and the same words asked twice are two questions', async () => {
    let n = 0;
    const { text } = await client({ 'elicitation/create': () => accept({ value: ++n }) });
    expect(await text('many', { rounds: 5 })).toBe('15');
    n = 0;
    expect(await text('twice')).toBe('1 2');
  });

  test('middleware sees a result for each round, never what ends one', async () => {
    const { text } = await client({ 'elicitation/create': () => accept({ value: 1 }) });
    await text('many', { rounds: 2 });
    expect(seen).toEqual(
      way.version === '2026-07-28' ? ['input_required', 'input_required', 'complete'] : ['complete'],
    );
  });

  test('what has been told is not told again, a step runs once, and finally runs', async () => {
    const progress: unknown[] = [];
    const { call } = await client({ 'elicitation/create': () => accept({ value: true }) });
    const result = await call('stepwise', {}, { onprogress: (each) => progress.push(each) });
    expect(result.content).toEqual([{ type: 'text', text: 'order 1' }]);
    expect(steps.filter((step) => step === 'ordered')).toHaveLength(1);
    expect(steps).toContain('finally');
  });

  test('once it has asked, a handler cannot make the answer disappear', async () => {
    let asked = 0;
    const { text } = await client({
      'elicitation/create': () => {
        asked++;
        return accept({ value: 'x' });
      },
    });
    expect(await text('stubborn')).toBe('the end');
    expect(asked).toBe(1);
  });

  test('a handler may ask by returning, with a state of its own', async () => {
    const { text } = await client({ 'elicitation/create': () => accept({ name: 'Ada' }) });
    expect(await text('explicit')).toBe('Ada {"step":1}');
  });

  test('a client that cannot answer is told of at once, by name', async () => {
    const { text, call } = await client({});
    if (way.version === '2025-11-25') {
      expect(await text('confirm', { action: 'x' })).toMatch(
        /^ERROR The client does not support elicitation/,
      );
      expect(await text('roots')).toMatch(/^ERROR The client does not support roots/);
      expect(await text('enhance', { text: 'x' })).toMatch(/^ERROR The client does not support sampling/);
    } else {
      await expect(call('confirm', { action: 'x' })).rejects.toMatchObject({
        code: -32021,
        data: { requiredCapabilities: { elicitation: {} } },
      });
    }
    expect(await text('refused')).toMatch(/^ERROR I asked: The client does not support elicitation/);
  });

  test('a tool that calls another asks through it', async () => {
    const { text } = await client({ 'elicitation/create': () => accept({ value: 'yes' }) });
    expect(await text('outer')).toContain('completed');
  });

  test('resources and prompts may ask, too', async () => {
    const { client: connected } = await client({ 'elicitation/create': () => accept({ value: 'Ada' }) });
    expect((await connected.readResource({ uri: 'ask://name' })).contents).toMatchObject([{ text: 'Ada' }]);
    expect((await connected.getPrompt({ name: 'greet' })).messages).toMatchObject([
      { content: { text: 'Greet Ada.' } },
    ]);
  });
});
