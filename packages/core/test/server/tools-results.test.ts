import { IsInt, IsString } from 'class-validator';
import { z } from 'zod';
import { Arg, McpModule, tool, Tool, ToolError, ToolResult } from '@tenon/core';
import { createTestServer, RecordingLogger, type TestVersion } from '@tenon/testing';

class Forecast {
  @IsString() city!: string;
  @IsInt() days!: number;
}

type Node = { name: string; children: Node[] };
const Node: z.ZodType<Node> = z.object({
  name: z.string(),
  get children() {
    return z.array(Node);
  },
}) as never;

class Tools {
  @Tool() returns(@Arg('what', { type: 'string' }) what: string): unknown {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    const values: Record<string, unknown> = {
      string: 'text',
      number: 4.5,
      boolean: true,
      null: null,
      nothing: undefined,
      object: { a: 1, skipped: undefined },
      array: [1, 'two'],
      buffer: Buffer.from('bytes'),
      date: new Date(0),
      bigint: 12345678901234567890n,
      map: new Map([['a', 1n]]),
      set: new Set([1, 2]),
      nested: { when: new Date(0), big: 1n, bytes: new Uint8Array([1]) },
      circle,
      promise: { later: Promise.resolve(1) },
      function: () => 1,
      block: { type: 'text', text: 'block' },
      blocks: ['one', { type: 'image', data: 'AA==', mimeType: 'image/png' }, { two: 2 }],
      result: { content: [{ type: 'text', text: 'own' }], structuredContent: { a: 1 } },
      full: new ToolResult({ content: 'said', structured: { at: new Date(0) }, meta: { a: 1 } }),
    };
    return values[what];
  }

  @Tool({ output: Forecast }) forecast(): Forecast {
    return { city: 'Oslo', days: 3 };
  }
  @Tool({ output: z.array(z.string()) }) list() {
    return ['a', 'b'];
  }
  @Tool({ output: Forecast }) lies(): Forecast {
    return { city: 'Oslo' } as Forecast;
  }
  @Tool({ output: Forecast }) refuses(): Forecast {
    throw new ToolError('no forecast today');
  }
}

@McpModule({ name: 't', version: '1', handlers: [Tools] })
class Root {}

const text = (of: string) => [{ type: 'text', text: of }];

describe.each<TestVersion>(['2025-11-25', '2026-07-28'])('%s', (version) => {
  test.each<[string, unknown, unknown]>([
    ['string', text('text'), undefined],
    ['number', text('4.5'), undefined],
    ['boolean', text('true'), undefined],
    ['null', [], undefined],
    ['nothing', [], undefined],
    ['object', text('{"a":1}'), { a: 1 }],
    ['array', text('[1,"two"]'), undefined],
    [
      'buffer',
      [
        {
          type: 'resource',
          resource: {
            uri: 'data:application/octet-stream',
            mimeType: 'application/octet-stream',
            blob: Buffer.from('bytes').toString('base64'),
          },
        },
      ],
      undefined,
    ],
    ['date', text('1970-01-01T00:00:00.000Z'), undefined],
    ['bigint', text('12345678901234567890'), undefined],
    ['map', text('{"a":"1"}'), { a: '1' }],
    ['set', text('[1,2]'), undefined],
    [
      'nested',
      text('{"when":"1970-01-01T00:00:00.000Z","big":"1","bytes":"AQ=="}'),
      { when: '1970-01-01T00:00:00.000Z', big: '1', bytes: 'AQ==' },
    ],
    ['block', text('block'), undefined],
    [
      'blocks',
      [...text('one'), { type: 'image', data: 'AA==', mimeType: 'image/png' }, ...text('{"two":2}')],
      undefined,
    ],
    ['result', text('own'), { a: 1 }],
    ['full', text('said'), { at: '1970-01-01T00:00:00.000Z' }],
  ])('what a tool returns as %s becomes content', async (what, content, structured) => {
    await using server = await createTestServer(Root);
    const client = await server.connect(version);
    const result = await client.callTool({ name: 'returns', arguments: { what } });
    expect(result.content).toEqual(content);
    expect(result.structuredContent).toEqual(structured);
    expect(result.isError).toBeUndefined();
  });

  test.each(['circle', 'promise', 'function'])('a %s is refused with its place', async (what) => {
    await using server = await createTestServer(Root);
    const client = await server.connect(version);
    const result = await client.callTool({ name: 'returns', arguments: { what } });
    expect(result.isError).toBe(true);
    expect(JSON.stringify(result.content)).toMatch('result');
  });

  test('an object output is published, checked and structured', async () => {
    await using server = await createTestServer(Root);
    const client = await server.connect(version);
    const { tools } = await client.listTools();
    const schema = tools.find((tool) => tool.name === 'forecast')?.outputSchema;
    expect(schema).toMatchObject({ type: 'object', required: ['city', 'days'] });
    const result = await client.callTool({ name: 'forecast' });
    expect(result.structuredContent).toEqual({ city: 'Oslo', days: 3 });
    expect(result.content).toEqual(text('{"city":"Oslo","days":3}'));
  });

  test('an output that is no object is wrapped under "result", schema and value', async () => {
    await using server = await createTestServer(Root);
    const client = await server.connect(version);
    const { tools } = await client.listTools();
    expect(tools.find((tool) => tool.name === 'list')?.outputSchema).toMatchObject({
      type: 'object',
      properties: { result: { type: 'array' } },
      required: ['result'],
    });
    const result = await client.callTool({ name: 'list' });
    expect(result.structuredContent).toEqual({ result: ['a', 'b'] });
    expect(result.content).toEqual(text('["a","b"]'));
  });

  test('a wrapped output that refers to itself is a schema a client can compile', async () => {
    class Trees {
      @Tool({ output: z.array(Node) }) tree(): Node[] {
        return [{ name: 'root', children: [{ name: 'leaf', children: [] }] }];
      }
    }
    @McpModule({ name: 't', version: '1', handlers: [Trees] })
    class Module {}
    await using server = await createTestServer(Module);
    const client = await server.connect(version);
    await client.listTools();
    const result = await client.callTool({ name: 'tree' });
    expect(result.structuredContent).toMatchObject({ result: [{ name: 'root' }] });
  });

  test('a result is sent as its Standard Schema makes it, and its text says the same', async () => {
    const Row = z.object({ id: z.number(), tags: z.array(z.string()).default([]) });
    const row = { id: 7, secret: 'hash' } as unknown as z.infer<typeof Row>;
    class Rows {
      @Tool({ output: Row }) one() {
        return row;
      }
      @Tool({ output: z.array(Row) }) async all() {
        return Promise.resolve([row]);
      }
      @Tool({ output: Row }) told() {
        return new ToolResult({ content: 'Row seven.', structured: { ...row } });
      }
    }
    @McpModule({ name: 't', version: '1', handlers: [Rows] })
    class Module {}
    await using server = await createTestServer(Module);
    const client = await server.connect(version);
    await client.listTools();
    const made = { id: 7, tags: [] };
    const one = await client.callTool({ name: 'one' });
    expect(one.structuredContent).toEqual(made);
    expect(one.content).toEqual(text('{"id":7,"tags":[]}'));
    const all = await client.callTool({ name: 'all' });
    expect(all.structuredContent).toEqual({ result: [made] });
    expect(all.content).toEqual(text('[{"id":7,"tags":[]}]'));
    const told = await client.callTool({ name: 'told' });
    expect(told.structuredContent).toEqual(made);
    expect(told.content).toEqual(text('Row seven.'));
  });

  test('a result that misses its own schema is masked, and told in the log', async () => {
    const logger = new RecordingLogger();
    await using server = await createTestServer(Root, { logger });
    const client = await server.connect(version);
    const result = await client.callTool({ name: 'lies' });
    expect(result.isError).toBe(true);
    expect(JSON.stringify(result.content)).not.toMatch('days');
    expect(String(logger.lines[0]?.fields.err)).toMatch('Tools.lies()');
  });

  test('a ToolError of a tool with an output is not checked against it', async () => {
    await using server = await createTestServer(Root);
    const client = await server.connect(version);
    const result = await client.callTool({ name: 'refuses' });
    expect(result).toMatchObject({ isError: true, content: text('no forecast today') });
  });
});

test('a member that an output does not know is told as that, and not as an argument', async () => {
  class Surplus {
    @Tool({ output: Forecast }) forecast() {
      const [city, days] = ['Oslo', 3];
      return { city, days, secret: 'x' };
    }
  }
  @McpModule({ name: 't', version: '1', handlers: [Surplus] })
  class Root {}
  const logger = new RecordingLogger();
  await using server = await createTestServer(Root, { logger });
  const client = await server.connect('2025-11-25');
  expect(await client.callTool({ name: 'forecast' })).toMatchObject({ isError: true });
  const told = logger.lines.map(({ fields }) => (fields.err as Error | undefined)?.message).filter(Boolean);
  expect(told).toEqual([
    "Surplus.forecast() returned what does not fit the output of tool 'forecast': secret is unknown",
  ]);
});

test('where the output is a list the result may be one that is readonly, of the same items', async () => {
  class Lists {
    readonly #names: readonly string[] = ['Oslo', 'Graz'];
    @Tool({ output: z.array(z.string()) }) names(): readonly string[] {
      return this.#names;
    }
    @Tool({ output: z.tuple([z.string(), z.number()]) }) pair(): Promise<readonly [string, number]> {
      return Promise.resolve(['Oslo', 3] as const);
    }
    // @ts-expect-error the items are no strings
    @Tool({ output: z.array(z.string()) }) numbers(): readonly number[] {
      return [1];
    }
    // @ts-expect-error nobody knows how many there are
    @Tool({ output: z.tuple([z.string(), z.number()]) }) some(): readonly (string | number)[] {
      return [];
    }
  }
  const inline = tool({ name: 'x', output: z.array(z.string()), run: (): readonly string[] => ['x'] });
  @McpModule({ name: 't', version: '1', handlers: [Lists], components: [inline] })
  class Root {}
  await using server = await createTestServer(Root);
  const client = await server.connect('2025-11-25');
  const call = async (name: string) => (await client.callTool({ name })).structuredContent;
  expect(await call('names')).toEqual({ result: ['Oslo', 'Graz'] });
  expect(await call('pair')).toEqual({ result: ['Oslo', 3] });
  expect(await call('x')).toEqual({ result: ['x'] });
});
