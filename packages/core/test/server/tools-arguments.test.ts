import { IsEmail, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { z } from 'zod';
import { Arg, Args, Context, McpModule, Tool } from '@tenon/core';
import { createTestServer, type TestVersion } from '@tenon/testing';

class Query {
  /** City as people write it. */
  @IsString()
  @Length(1, 10)
  city!: string;

  /** Days ahead. */
  @IsInt()
  @Min(1)
  @Max(14)
  days: number = 3;

  @IsOptional()
  @IsString()
  unit?: string;

  describe() {
    return `${this.city} ${this.days}`;
  }
}

const Search = z.object({ text: z.string().min(2), limit: z.number().int().default(10) });

class Tools {
  /**
   * Adds two numbers.
   * @param a the first
   * @param b the second
   */
  @Tool()
  add(a: number, b: number, label: string = 'sum', exact: boolean = false) {
    return `${label} ${a + b} ${exact}`;
  }

  @Tool() forecast(@Args() query: Query, ctx: Context) {
    return `${query.describe()} ${query instanceof Query} ${ctx.method}`;
  }

  @Tool({ input: Search }) search(input: z.infer<typeof Search>) {
    return input;
  }

  @Tool() invite(
    @Arg('e-mail', { description: 'Whom to invite.' }, IsEmail()) mail: string,
    @Arg('times', { type: 'integer', optional: true }) times?: number,
  ) {
    return `${mail} ${times}`;
  }

  @Tool({ name: 'constructor' }) own() {
    return 'mine';
  }
}

@McpModule({ name: 't', version: '1', handlers: [Tools] })
class Root {}

describe.each<TestVersion>(['2025-11-25', '2026-07-28'])('%s', (version) => {
  const call = async (name: string, args?: Record<string, unknown>) => {
    await using server = await createTestServer(Root);
    const client = await server.connect(version);
    const result = await client.callTool({ name, ...(args && { arguments: args }) });
    const [block] = result.content as { text: string }[];
    return { failed: result.isError === true, text: block?.text ?? '', structured: result.structuredContent };
  };
  const listed = async (name: string) => {
    await using server = await createTestServer(Root);
    const client = await server.connect(version);
    const { tools } = await client.listTools();
    return tools.find((tool) => tool.name === name);
  };

  test('plain parameters are arguments by name, with their defaults', async () => {
    expect(await call('add', { a: 1, b: 2 })).toMatchObject({ failed: false, text: 'sum 3 false' });
    expect(await call('add', { b: 2, a: 1, exact: true, label: 'x' })).toMatchObject({ text: 'x 3 true' });
  });

  test('plain parameters are published with names, types, defaults and texts of the doc comment', async () => {
    const tool = await listed('add');
    expect(tool?.description).toBe('Adds two numbers.');
    expect(tool?.inputSchema).toMatchObject({
      type: 'object',
      properties: {
        a: { type: 'number', description: 'the first' },
        b: { type: 'number', description: 'the second' },
        label: { type: 'string', default: 'sum' },
        exact: { type: 'boolean', default: false },
      },
      required: ['a', 'b'],
      additionalProperties: false,
    });
  });

  test('every failure of plain parameters is listed', async () => {
    const { failed, text } = await call('add', { a: 'one', exact: 1, extra: true });
    expect(failed).toBe(true);
    for (const name of ['a', 'b', 'exact', 'extra']) expect(text).toMatch(new RegExp(`\\b${name}\\b`));
    expect(text).not.toMatch('one');
  });

  test('a class with validators is an instance with its defaults and methods', async () => {
    expect(await call('forecast', { city: 'Oslo' })).toMatchObject({ text: 'Oslo 3 true tools/call' });
    expect(await call('forecast', { city: 'Oslo', days: 5, unit: 'C' })).toMatchObject({ failed: false });
  });

  test('a class with validators is published with the comments of its fields', async () => {
    expect((await listed('forecast'))?.inputSchema).toMatchObject({
      properties: {
        city: { type: 'string', description: 'City as people write it.', minLength: 1, maxLength: 10 },
        days: { type: 'integer', description: 'Days ahead.', minimum: 1, maximum: 14, default: 3 },
      },
      required: ['city'],
    });
  });

  test('every failure of a class is listed, and unknown arguments are refused', async () => {
    const { failed, text } = await call('forecast', { city: '', days: 99, unknown: 1 });
    expect(failed).toBe(true);
    for (const name of ['city', 'days', 'unknown']) expect(text).toMatch(name);
  });

  test('a Standard Schema checks, and what it makes of the input is received', async () => {
    expect(await call('search', { text: 'abc' })).toMatchObject({ structured: { text: 'abc', limit: 10 } });
    const { failed, text } = await call('search', { text: 'a', limit: 1.5 });
    expect(failed).toBe(true);
    expect(text).toMatch('text');
    expect(text).toMatch('limit');
    expect((await listed('search'))?.inputSchema).toMatchObject({
      properties: { limit: { default: 10 } },
      required: ['text'],
    });
  });

  test('@Arg names an argument, describes it, and checks it by validators', async () => {
    expect(await call('invite', { 'e-mail': 'a@b.example' })).toMatchObject({
      text: 'a@b.example undefined',
    });
    expect((await call('invite', { 'e-mail': 'nobody' })).failed).toBe(true);
    expect((await call('invite', { 'e-mail': 'a@b.example', times: 1.5 })).failed).toBe(true);
    expect((await listed('invite'))?.inputSchema).toMatchObject({
      properties: {
        'e-mail': { description: expect.stringContaining('Whom to invite.') },
        times: { type: 'integer' },
      },
      required: ['e-mail'],
    });
  });

  test('a tool may be called like a member of every object; others of that kind are unknown', async () => {
    expect(await call('constructor')).toMatchObject({ text: 'mine' });
    for (const name of ['__proto__', 'toString', 'hasOwnProperty', 'nope', ''])
      await expect(call(name)).rejects.toMatchObject({ code: -32602 });
  });
});

test('the schema of one argument says what is sent, the parameter what the method receives', async () => {
  class Converting {
    @Tool() half(@Arg('of', { schema: z.string().transform(Number) }) of: number) {
      return String(of / 2);
    }
  }
  @McpModule({ name: 't', version: '1', handlers: [Converting] })
  class Module {}
  await using server = await createTestServer(Module);
  const client = await server.connect();
  const { content } = await client.callTool({ name: 'half', arguments: { of: '5' } });
  expect(content).toEqual([{ type: 'text', text: '2.5' }]);
});

test('a default alone says the type of a plain parameter', async () => {
  class Untyped {
    @Tool() greet(name: string, times = 2, loud = false, mark = '!') {
      return `${name}${mark} ${times} ${loud}`;
    }
  }
  @McpModule({ name: 't', version: '1', handlers: [Untyped] })
  class Module {}
  await using server = await createTestServer(Module);
  const client = await server.connect();
  const { tools } = await client.listTools();
  expect(tools[0]?.inputSchema.properties).toMatchObject({
    times: { type: 'number', default: 2 },
    loud: { type: 'boolean', default: false },
    mark: { type: 'string', default: '!' },
  });
});
