import { choice, choices, Context, createApp, McpModule, Tool } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Max,
  Min,
} from 'class-validator';
import { z } from 'zod';
import { connect, WAYS, type Answers } from './connect.js';

class Order {
  @IsString() name: string = 'nobody';
  @IsInt() @Min(1) @Max(9) count: number = 2;
  @IsNumber() weight!: number;
  @IsBoolean() gift: boolean = false;
  @IsIn(['small', 'large']) size: string = 'small';
  @IsArray() @IsIn(['red', 'blue'], { each: true }) @ArrayMaxSize(2) colours: string[] = ['red'];
  @IsOptional() @IsString() note?: string;
}

const Trip = z.object({ from: z.enum(['Oslo', 'Rome']).default('Oslo'), nights: z.int().min(1) });

class Asking {
  @Tool() async order(ctx: Context) {
    const result = await ctx.elicit('What would you like?', Order);
    return result.action === 'accept' ? { ...result.data } : result.action;
  }

  @Tool() async trip(ctx: Context) {
    const result = await ctx.elicit('Where to?', Trip);
    return result.action === 'accept' ? result.data : result.action;
  }

  @Tool() async plain(ctx: Context) {
    const number = await ctx.elicit('How many?', Number);
    const yes = await ctx.elicit('Sure?', Boolean);
    const one = await ctx.elicit('Which?', choice({ a: 'The first', b: 'The second' }));
    const some = await ctx.elicit('Which of them?', choices({ a: 'The first', b: 'The second' }));
    return [number, yes, one, some].map((each) => (each.action === 'accept' ? each.data : each.action));
  }

  @Tool() async login(ctx: Context) {
    return ctx.elicitUrl('Sign in', { url: 'https://example.com/login', elicitationId: 'e-1' });
  }

  @Tool() async rounds(count: number, ctx: Context) {
    let sum = 0;
    for (let i = 1; i <= count; i++) {
      const result = await ctx.elicit(`Number ${i}?`, Number);
      if (result.action === 'accept') sum += result.data;
    }
    return sum;
  }
}

@McpModule({ name: 'forms', version: '1', handlers: [Asking] })
class FormsModule {}

const accept = (content: object) => ({ action: 'accept', content });

describe.each(WAYS)('over $over, in $version', (way) => {
  const started: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of started.splice(0)) await stop();
  });

  /** A client that gives these answers in turn, and keeps what it was asked. */
  async function client(...answers: readonly unknown[]) {
    const app = createApp(FormsModule, { logger: new RecordingLogger() });
    const asked: { message: string; requestedSchema: unknown }[] = [];
    const left = [...answers];
    const elicitation: Answers['elicitation/create'] = (params) => {
      asked.push(params);
      return left.length > 1 ? left.shift() : left[0];
    };
    const connected = await connect(app, way, { 'elicitation/create': elicitation });
    started.push(async () => {
      await connected.client.close();
      await app.close();
    });
    const text = async (name: string, args: Record<string, unknown> = {}) =>
      ((await connected.call(name, args)).content[0] as { text: string }).text;
    return { asked, text };
  }

  test('a class is a form with each kind of field, its choices and its defaults', async () => {
    const given = { name: 'Ada', count: 3, weight: 0.5, gift: true, size: 'large', colours: ['red', 'blue'] };
    const { asked, text } = await client(accept(given));
    expect(JSON.parse(await text('order'))).toEqual(given);
    expect(asked[0]?.requestedSchema).toEqual({
      type: 'object',
      properties: {
        name: { type: 'string', default: 'nobody' },
        count: { type: 'integer', minimum: 1, maximum: 9, default: 2 },
        weight: { type: 'number' },
        gift: { type: 'boolean', default: false },
        size: { type: 'string', enum: ['small', 'large'], default: 'small' },
        colours: {
          type: 'array',
          items: { type: 'string', enum: ['red', 'blue'] },
          maxItems: 2,
          default: ['red'],
        },
        note: { type: 'string' },
      },
      required: ['weight'],
    });
  });

  test('what a person leaves out has its default', async () => {
    const { text } = await client(accept({ weight: 1 }));
    expect(JSON.parse(await text('order'))).toEqual({
      name: 'nobody',
      count: 2,
      weight: 1,
      gift: false,
      size: 'small',
      colours: ['red'],
    });
  });

  test.each([
    [{ weight: 1, size: 'huge' }, /size/],
    [{ weight: 1, colours: ['red', 'green'] }, /colours/],
    [{ weight: 1, count: 10 }, /count/],
    [{}, /weight/],
  ])('an answer of %j is told to the model', async (content, wrong) => {
    const { text } = await client(accept(content));
    expect(await text('order')).toMatch(wrong);
  });

  test('a Standard Schema is a form, too', async () => {
    const { asked, text } = await client(accept({ nights: 2 }));
    expect(JSON.parse(await text('trip'))).toEqual({ from: 'Oslo', nights: 2 });
    expect(asked[0]?.requestedSchema).toMatchObject({
      properties: { from: { type: 'string', enum: ['Oslo', 'Rome'], default: 'Oslo' } },
      required: ['nights'],
    });
  });

  test('plain values and choices come back bare', async () => {
    const { text } = await client(...[3, true, 'b', ['a', 'b']].map((value) => accept({ value })));
    expect(JSON.parse(await text('plain'))).toEqual([3, true, 'b', ['a', 'b']]);
  });

  test('a page of the server is asked for by its address, and comes back with what became of it', async () => {
    for (const action of ['accept', 'decline', 'cancel']) {
      const { asked, text } = await client({ action });
      expect(await text('login')).toBe(action);
      expect(asked).toMatchObject([
        {
          mode: 'url',
          message: 'Sign in',
          url: 'https://example.com/login',
          // Since 2026-07-28 nothing is told of a page later, and it has no name.
          ...(way.version === '2025-11-25' && { elicitationId: 'e-1' }),
        },
      ]);
    }
  });

  test('ten questions after one another are answered', async () => {
    const { asked, text } = await client(accept({ value: 1 }));
    expect(await text('rounds', { count: 10 })).toBe('10');
    expect(asked.map(({ message }) => message)).toEqual(
      Array.from({ length: 10 }, (_, i) => `Number ${i + 1}?`),
    );
  });
});
