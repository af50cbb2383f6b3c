import { IsString } from 'class-validator';
import { Arg, Args, createApp, inGroups, jsonSchema, McpModule, Tool, tool } from '@tenon/core';
import { createTestServer, RecordingLogger } from '@tenon/testing';
import { z } from 'zod';

const QUERY = {
  type: 'object',
  properties: { city: { type: 'string' }, days: { type: 'integer', minimum: 1 } },
  required: ['city'],
  additionalProperties: false,
};
const TREE = {
  type: 'array',
  items: {
    type: 'object',
    properties: { name: { type: 'string' }, below: { $ref: '#' } },
    required: ['name'],
  },
};

interface Query {
  readonly city: string;
  readonly days?: number;
}

class Tools {
  @Tool({ input: QUERY }) forecast(query: Query) {
    return `${query.city} ${query.days}`;
  }

  @Tool() search(@Args(jsonSchema<Query>(QUERY)) query: Query) {
    return query.city;
  }

  @Tool() draw(@Arg('points', { schema: { type: 'array', items: { type: 'number' } } }) points: number[]) {
    return points.length;
  }

  @Tool({ output: TREE }) tree(right: boolean) {
    return [{ name: 'a', below: [right ? { name: 'b' } : {}] }];
  }
}

const inline = tool({ name: 'inline', input: jsonSchema<Query>(QUERY), run: ({ city }) => city });

@McpModule({ name: 't', version: '1', handlers: [Tools], components: [inline] })
class Root {}

const call = async (name: string, args: Record<string, unknown>, logger = new RecordingLogger()) => {
  await using server = await createTestServer(Root, { logger });
  const client = await server.connect();
  const { content, isError, structuredContent } = await client.callTool({ name, arguments: args });
  return { failed: isError === true, text: (content as { text: string }[])[0]?.text, structuredContent };
};

test('a tool takes what its JSON Schema says, and publishes it as given', async () => {
  const app = createApp(Root);
  const tools = await app.listTools();
  await app.close();
  expect(tools.find(({ name }) => name === 'forecast')?.inputSchema).toEqual(QUERY);
  expect(tools.find(({ name }) => name === 'search')?.inputSchema).toEqual(QUERY);
  expect(await call('forecast', { city: 'Graz', days: 2 })).toMatchObject({ failed: false, text: 'Graz 2' });
  expect(await call('forecast', { city: 'Graz', days: '2' })).toMatchObject({ text: 'Graz 2' });
  expect(await call('forecast', { days: 0, x: 1 })).toMatchObject({
    failed: true,
    text: "Invalid arguments for tool 'forecast': city is required; x is unknown; days must be >= 1",
  });
  expect(await call('inline', { city: 'Linz' })).toMatchObject({ text: 'Linz' });
});

test('an argument of its own is read from a string like any other', async () => {
  expect(await call('draw', { points: '["1",2]' })).toMatchObject({ text: '2' });
  expect(await call('draw', { points: ['x'] })).toMatchObject({
    failed: true,
    text: "Invalid arguments for tool 'draw': points.0 must be a number",
  });
});

test('what a tool returns is checked by its JSON Schema, whose references lead to where it is wrapped', async () => {
  const app = createApp(Root);
  const tools = await app.listTools();
  await app.close();
  expect(tools.find(({ name }) => name === 'tree')?.outputSchema).toMatchObject({
    type: 'object',
    properties: { result: { items: { properties: { below: { $ref: '#/properties/result' } } } } },
    required: ['result'],
  });
  expect(await call('tree', { right: true })).toMatchObject({
    failed: false,
    structuredContent: { result: [{ name: 'a', below: [{ name: 'b' }] }] },
  });
  const logger = new RecordingLogger();
  expect(await call('tree', { right: false }, logger)).toMatchObject({ failed: true });
  const told = logger.lines.map(({ fields }) => (fields.err as Error | undefined)?.message);
  expect(told.join()).toMatch("output of tool 'tree': 0.below.0.name is required");
});

test('a JSON Schema that cannot be served is told at the start, with its place', () => {
  class Wrong {
    @Tool({ input: { type: 'object', properties: { a: { $ref: 'https://example.com/a.json' } } } })
    ping() {
      return 'pong';
    }
  }
  @McpModule({ name: 't', version: '1', handlers: [Wrong] })
  class Module {}
  expect(() => createApp(Module)).toThrow(
    expect.objectContaining({
      code: 'ERR_SCHEMA_REFERENCE',
      message: expect.stringContaining('the arguments of Wrong.ping()') as string,
    }) as Error,
  );
});

test('a tool whose arguments are no object is told at the start', () => {
  class Wrong {
    @Tool({ input: z.string() }) ping(text: string) {
      return text;
    }
  }
  @McpModule({ name: 't', version: '1', handlers: [Wrong] })
  class Module {}
  expect(() => createApp(Module)).toThrow(expect.objectContaining({ code: 'ERR_SCHEMA_INVALID' }) as Error);
});

test('a choice of objects is an object to clients', async () => {
  const Choice = z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('a'), n: z.number() }),
    z.object({ kind: z.literal('b') }),
  ]);
  class Choices {
    @Tool({ input: Choice }) pick(choice: z.infer<typeof Choice>) {
      return choice.kind;
    }
  }
  @McpModule({ name: 't', version: '1', handlers: [Choices] })
  class Module {}
  const app = createApp(Module);
  const [pick] = await app.listTools();
  await app.close();
  expect(pick?.inputSchema).toMatchObject({
    type: 'object',
    oneOf: [{ type: 'object' }, { type: 'object' }],
  });
});

test('a method that does not fit its schema does not compile', () => {
  class Dto {
    @IsString() city!: string;
  }
  class Fits {
    @Tool({ input: jsonSchema<Query>(QUERY) }) typed(query: Query) {
      return query.city;
    }
    @Tool({ input: QUERY, output: Dto }) untyped(query: { readonly anything: number }): Dto {
      return { city: String(query.anything) };
    }
    @Tool({ output: QUERY }) result() {
      return { city: 'Graz' };
    }
  }
  class Misses {
    // @ts-expect-error the parameter is no Query
    @Tool({ input: jsonSchema<Query>(QUERY) }) typed(query: { readonly town: string }) {
      return query.town;
    }
    // @ts-expect-error nor is it a Dto
    @Tool({ input: Dto }) byClass(query: { readonly town: string }) {
      return query.town;
    }
    // @ts-expect-error nor is it a Dto in some of its groups
    @Tool({ input: inGroups(Dto, 'create') }) inGroup(query: { readonly town: string }) {
      return query.town;
    }
    // @ts-expect-error nor what the Standard Schema gives
    @Tool({ input: z.object({ city: z.string() }) }) byStandard(query: { readonly town: string }) {
      return query.town;
    }
    // @ts-expect-error and the result is no Dto
    @Tool({ input: QUERY, output: Dto }) result(): { readonly town: string } {
      return { town: 'Graz' };
    }
  }
  expect([Fits, Misses]).toHaveLength(2);
});
