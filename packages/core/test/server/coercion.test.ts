import { ArrayMaxSize, IsIn, IsInt, IsOptional, IsString, Max } from 'class-validator';
import {
  Arg,
  Args,
  Complete,
  createApp,
  McpModule,
  Prompt,
  Resource,
  Tool,
  tool,
  type ModuleOptions,
} from '@tenon/core';
import { createTestServer } from '@tenon/testing';
import { z } from 'zod';

class Query {
  @IsString() text!: string;
  @IsOptional() @IsInt() @Max(50) limit?: number;
  @IsInt({ each: true }) @ArrayMaxSize(3) ids: number[] = [];
}

class Handlers {
  @Tool() add(a: number, b: number, exact: boolean = false) {
    return `${a + b} ${exact}`;
  }

  @Tool() search(@Args() query: Query) {
    return { ...query };
  }

  @Prompt() plan(city: string, days: number, @Arg('hot', { optional: true }) hot?: boolean) {
    return JSON.stringify([city, days, hot]);
  }

  @Resource('page://{number}{?raw}') page(number: number, raw: boolean = false) {
    return JSON.stringify([number, raw]);
  }
}

const inline = tool({
  name: 'double',
  input: z.object({ n: z.number() }),
  run: ({ n }) => String(n * 2),
});

const served = (options: ModuleOptions) => {
  @McpModule({ name: 't', version: '1', handlers: [Handlers], components: [inline], ...options })
  class Root {}
  return createTestServer(Root);
};
const call = async (options: ModuleOptions, name: string, args: Record<string, unknown>) => {
  await using server = await served(options);
  const client = await server.connect();
  const { content, isError } = await client.callTool({ name, arguments: args });
  return { failed: isError === true, text: (content as { text: string }[])[0]?.text };
};

test('numbers, booleans, lists and objects sent as strings are what tools declare', async () => {
  expect(await call({}, 'add', { a: '1', b: '2.5', exact: 'true' })).toEqual({
    failed: false,
    text: '3.5 true',
  });
  const { text } = await call({}, 'search', { text: '[1]', limit: '10', ids: '["1",2]' });
  expect(JSON.parse(text ?? '')).toEqual({ text: '[1]', limit: 10, ids: [1, 2] });
  expect(await call({}, 'double', { n: '4' })).toEqual({ failed: false, text: '8' });
});

test('what is no number stays a failure, and the others are not told', async () => {
  const { failed, text } = await call({}, 'add', { a: 'abc', b: '2', exact: '' });
  expect(failed).toBe(true);
  expect(text).toBe("Invalid arguments for tool 'add': a must be a number; exact must be true or false");
});

test('with strict validation a string is a string', async () => {
  const { failed, text } = await call({ validation: 'strict' }, 'add', { a: '1', b: 2 });
  expect(failed).toBe(true);
  expect(text).toMatch('a must be a number');
  expect((await call({ validation: 'strict' }, 'search', { text: 'x', ids: '[1]' })).failed).toBe(true);
  expect((await call({ validation: 'strict' }, 'double', { n: '4' })).failed).toBe(true);
});

test.each(['lax', 'strict'] as const)(
  'prompts and templates get strings in any case: %s',
  async (validation) => {
    await using server = await served({ validation });
    const client = await server.connect();
    const { messages } = await client.getPrompt({
      name: 'plan',
      arguments: { city: '7', days: '3', hot: 'YES' },
    });
    expect(messages[0]?.content).toMatchObject({ text: '["7",3,true]' });
    const { contents } = await client.readResource({ uri: 'page://12?raw=1' });
    expect(contents[0]).toMatchObject({ text: '[12,true]' });
    await expect(client.readResource({ uri: 'page://twelve' })).rejects.toMatchObject({ code: -32602 });
    await expect(client.getPrompt({ name: 'plan', arguments: { city: 'x', days: '' } })).rejects.toThrow(
      /days must be a number/,
    );
  },
);

test('a prompt says how its arguments are written: as JSON only what is no text, and of a choice its values', async () => {
  class Prompts {
    @Prompt() ask(
      @Arg('note', IsString(), IsOptional()) note: string | null | undefined,
      @Arg('tone', { description: 'How it sounds.' }, IsIn(['dry', 'warm']), IsOptional()) tone: string,
      @Arg('most', { schema: z.union([z.number(), z.array(z.number())]) }) most: number | number[],
    ) {
      return JSON.stringify([note, tone, most]);
    }
  }
  @McpModule({ name: 't', version: '1', handlers: [Prompts] })
  class Root {}
  await using server = await createTestServer(Root);
  const client = await server.connect();
  const [ask] = (await client.listPrompts()).prompts;
  expect(ask?.arguments).toEqual([
    { name: 'note' },
    { name: 'tone', description: 'How it sounds.\nOne of: dry, warm' },
    {
      name: 'most',
      description:
        'Written as JSON of this schema: {"anyOf":[{"type":"number"},{"type":"array","items":{"type":"number"}}]}',
      required: true,
    },
  ]);
  const { messages } = await client.getPrompt({
    name: 'ask',
    arguments: { note: 'a', tone: 'dry', most: '3' },
  });
  expect(messages[0]?.content).toMatchObject({ text: '["a","dry",3]' });
});

test('a completer is given what its parameters are; of the others what is no such thing is not known', async () => {
  class Trips {
    @Resource('trip://{city}/{days}{?direct}') trip(city: string, days: number, direct: boolean = false) {
      return JSON.stringify([city, days, direct]);
    }
    @Complete('trip://{city}/{days}{?direct}', 'city') cities(city: string, days?: number, direct?: boolean) {
      return [JSON.stringify([city, days ?? 'unknown', direct ?? 'unknown'])];
    }
  }
  @McpModule({ name: 't', version: '1', handlers: [Trips] })
  class Root {}
  await using server = await createTestServer(Root);
  const client = await server.connect();
  const suggested = async (args: Record<string, string>) => {
    const { completion } = await client.complete({
      ref: { type: 'ref/resource', uri: 'trip://{city}/{days}{?direct}' },
      argument: { name: 'city', value: '7' },
      context: { arguments: args },
    });
    return completion.values;
  };
  expect(await suggested({ days: '3', direct: 'yes' })).toEqual(['["7",3,true]']);
  expect(await suggested({ days: 'three' })).toEqual(['["7","unknown","unknown"]']);
});

test('components added while the server runs are validated as the module says', async () => {
  @McpModule({ name: 't', version: '1', validation: 'strict' })
  class Root {}
  const app = createApp(Root);
  await app.start();
  app.add(inline);
  const result = await app.callTool('double', { n: '4' });
  await app.close();
  expect(result.isError).toBe(true);
});
