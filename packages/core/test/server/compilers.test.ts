import { IsDate, IsEnum, IsIn, IsInt, IsString } from 'class-validator';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { Arg, createApp, FrameworkError, McpModule, Tool, type Constructor } from '@tenon/core';
import { createTestServer } from '@tenon/testing';
import { mistake } from '../mistake.js';
import { Level, Unit, type Shape } from './unit.js';

// These tests run over the output of swc and over that of tsc: what they write of types differs.

const listed = async (handlers: Constructor) => {
  @McpModule({ name: 't', version: '1', handlers: [handlers as never] })
  class Root {}
  const app = createApp(Root);
  const tools = await app.listTools();
  await app.close();
  return tools;
};
const propertiesOf = async (handlers: Constructor) =>
  Object.fromEntries(
    (await listed(handlers)).map(({ name, inputSchema }) => [name, inputSchema.properties?.it]),
  );
const mistakesOf = (handlers: Constructor): readonly FrameworkError[] => {
  @McpModule({ name: 't', version: '1', handlers: [handlers as never] })
  class Root {}
  return mistake(Root).errors;
};

test('strings, numbers and booleans are what they are, and a literal default says its type', async () => {
  class Tools {
    @Tool() text(it: string) {
      return it;
    }
    @Tool() number(it: number) {
      return it;
    }
    @Tool() flag(it: boolean) {
      return it;
    }
    @Tool() literal(it: 'a' | 'b') {
      return it;
    }
    @Tool() initial(it = 3) {
      return it;
    }
  }
  expect(await propertiesOf(Tools)).toEqual({
    text: { type: 'string' },
    number: { type: 'number' },
    flag: { type: 'boolean' },
    // Of a choice of texts every compiler leaves a text.
    literal: { type: 'string' },
    initial: { type: 'number', default: 3 },
  });
});

test('lists, unions, objects and dates ask for @Arg() in the same words', () => {
  class Tools {
    @Tool() list(it: string[]) {
      return it;
    }
    @Tool() fixed(it: readonly string[]) {
      return it;
    }
    @Tool() pair(it: [string, number]) {
      return it;
    }
    @Tool() union(it: string | number) {
      return it;
    }
    @Tool() nullable(it: string | null) {
      return it;
    }
    @Tool() anything(it: unknown) {
      return it;
    }
    @Tool() shape(it: Shape) {
      return it;
    }
    @Tool() record(it: Record<string, number>) {
      return it;
    }
    @Tool() map(it: Map<string, number>) {
      return it;
    }
    @Tool() date(it: Date) {
      return it;
    }
    @Tool() bytes(it: Uint8Array) {
      return it;
    }
    @Tool() big(it: bigint) {
      return it;
    }
    @Tool() call(it: () => string) {
      return it();
    }
  }
  const mistakes = mistakesOf(Tools);
  expect(mistakes).toHaveLength(13);
  expect(new Set(mistakes.map(({ code }) => code))).toEqual(new Set(['ERR_PARAM_NO_SOURCE']));
  const [fix, ...others] = new Set(mistakes.map((each) => each.fix));
  expect(others).toEqual([]);
  expect(fix).toContain("@Arg('it', …)");
  for (const word of [
    'IsString({ each: true })',
    'IsEnum(Unit)',
    'IsIn(',
    'IsDate()',
    '@Args()',
    '@Inject(Token)',
  ])
    expect(fix).toContain(word);
});

test('a rest parameter asks for a list, whether its type is that of the items or of the list', () => {
  class Tools {
    @Tool() sum(...it: number[]) {
      return it;
    }
  }
  expect(mistakesOf(Tools).map(({ code, fix }) => [code, fix])).toEqual([
    ['ERR_PARAM_NO_SOURCE', "Make it one parameter with a list: @Arg('it', IsString({ each: true }))."],
  ]);
});

test('an enum of another file is told where the compiler leaves the enum, and passes as its kind where it leaves that', async () => {
  class Tools {
    @Tool() unit(it: Unit) {
      return it;
    }
    @Tool() level(it: Level) {
      return it;
    }
  }
  const types = (name: string): unknown =>
    (Reflect.getMetadata('design:paramtypes', Tools.prototype, name) as unknown[])[0];
  if (types('unit') === Unit) {
    const mistakes = mistakesOf(Tools);
    expect(mistakes.map(({ code }) => code)).toEqual(['ERR_PARAM_NO_SOURCE', 'ERR_PARAM_NO_SOURCE']);
    expect(mistakes[0]?.fix).toContain("@Arg('it', …)");
    expect(mistakes[0]?.fix).toContain('IsEnum(Unit)');
  } else {
    expect([types('unit'), types('level')]).toEqual([String, Number]);
    expect(await propertiesOf(Tools)).toEqual({ unit: { type: 'string' }, level: { type: 'number' } });
  }
});

test('what @Arg() says is published and checked, whatever the compiler has written', async () => {
  class Tools {
    @Tool() list(@Arg('it', IsString({ each: true })) it: string[] = []) {
      return it.join();
    }
    @Tool() fixed(@Arg('it', IsInt({ each: true })) it: readonly number[]) {
      return it.join();
    }
    @Tool() unit(@Arg('it', IsEnum(Unit)) it: Unit) {
      return it;
    }
    @Tool() level(@Arg('it', IsEnum(Level)) it: Level) {
      return it;
    }
    @Tool() choice(@Arg('it', IsIn(['a', 'b'])) it: 'a' | 'b') {
      return it;
    }
    @Tool() union(@Arg('it', { schema: { type: ['string', 'number'] } }) it: string | number) {
      return it;
    }
    @Tool() date(@Arg('it', IsDate()) it: Date) {
      return it.toISOString();
    }
  }
  expect(await propertiesOf(Tools)).toEqual({
    list: { type: 'array', items: { type: 'string' }, default: [] },
    fixed: { type: 'array', items: { type: 'integer' } },
    unit: { type: 'string', enum: ['C', 'F'] },
    level: { type: 'integer', enum: [0, 5] },
    choice: { type: 'string', enum: ['a', 'b'] },
    union: { type: ['string', 'number'] },
    date: { type: 'string', format: 'date-time' },
  });
  @McpModule({ name: 't', version: '1', handlers: [Tools] })
  class Root {}
  await using server = await createTestServer(Root);
  const client = await server.connect();
  const fails = async (name: string, it: unknown): Promise<boolean> =>
    (await client.callTool({ name, arguments: { it } })).isError === true;
  for (const [name, right, wrong] of [
    ['list', ['a'], [1]],
    ['fixed', [1], ['x']],
    ['unit', 'C', 'K'],
    ['level', 5, 1],
    ['choice', 'a', 'c'],
    ['union', 5, true],
    ['date', '2026-01-31T09:30:00Z', 'soon'],
  ] as const)
    expect([name, await fails(name, right), await fails(name, wrong)]).toEqual([name, false, true]);
});

describe('a compiler that writes no types and keeps no comments', () => {
  /** A file as esbuild leaves it. */
  const compile = (file: string): Record<string, Constructor> => {
    const { outputText } = ts.transpileModule(readFileSync(join(__dirname, file), 'utf8'), {
      compilerOptions: {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.CommonJS,
        experimentalDecorators: true,
        emitDecoratorMetadata: false,
        removeComments: true,
      },
    });
    const exports = {};
    new Function('require', 'exports', outputText)(require, exports);
    return exports;
  };

  test('is no hindrance where everything is said', async () => {
    const { Said } = compile('without-types.ts') as { Said: Constructor };
    const tools = await listed(Said);
    expect(tools).toMatchObject([
      {
        name: 'forecast',
        description: 'Weather of the next days.',
        inputSchema: {
          properties: {
            city: { type: 'string', description: 'Where.' },
            days: { type: 'integer', default: 3 },
            unit: { type: 'string', enum: ['C', 'F'] },
          },
          required: ['city', 'unit'],
        },
      },
      {
        name: 'search',
        inputSchema: {
          properties: { text: { type: 'string', maxLength: 9, description: 'What to look for.' } },
        },
      },
    ]);
    @McpModule({ name: 't', version: '1', handlers: [Said as never], providers: [] })
    class Root {}
    await using server = await createTestServer(Root);
    const client = await server.connect();
    const { content } = await client.callTool({ name: 'forecast', arguments: { city: 'Graz', unit: 'C' } });
    expect(content).toEqual([{ type: 'text', text: 'Graz 3 C tools/call' }]);
  });

  test('is told where it matters, with what to write', () => {
    const { Unsaid } = compile('without-types.ts') as { Unsaid: Constructor };
    const [first, second, ...others] = mistakesOf(Unsaid);
    expect(others).toEqual([]);
    expect(first).toMatchObject({ code: 'ERR_BUILD_LOST' });
    expect(first?.message).toContain('the compiler wrote no types');
    expect(first?.fix).toContain("@Arg('city', { type: 'string' })");
    expect(second).toMatchObject({ code: 'ERR_BUILD_LOST' });
    expect(second?.fix).toContain('search(@Args(Class) query)');
  });
});
