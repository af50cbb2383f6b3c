import { createApp, FrameworkError, type Constructor } from '@tenon/core';
import { createTestServer } from '@tenon/testing';
import { transformSync, type Options } from '@swc/core';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

type Fixture = 'by-text' | 'by-decorators';

const file = (fixture: Fixture): string => join(__dirname, '../fixtures/builds', `${fixture}.ts`);
const DECORATORS = { experimentalDecorators: true, emitDecoratorMetadata: true };

function esbuild(fixture: Fixture, ...flags: string[]): string {
  const command = join(__dirname, '../../../../node_modules/esbuild/bin/esbuild');
  const raw = JSON.stringify({ compilerOptions: { ...DECORATORS, useDefineForClassFields: true } });
  const options = ['--format=cjs', '--target=es2022', `--tsconfig-raw=${raw}`, ...flags];
  return execFileSync(process.execPath, [command, file(fixture), ...options], { encoding: 'utf8' });
}

const swc = (fixture: Fixture, jsc: Options['jsc'], minify = false): string =>
  swcText(readFileSync(file(fixture), 'utf8'), jsc, minify);

function swcText(text: string, jsc: Options['jsc'] = {}, minify = false): string {
  return transformSync(text, {
    swcrc: false,
    minify,
    module: { type: 'commonjs' },
    jsc: {
      target: 'es2022',
      keepClassNames: true,
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
      ...jsc,
    },
  }).code;
}

const tsc = (fixture: Fixture, options: ts.CompilerOptions): string =>
  tscText(readFileSync(file(fixture), 'utf8'), { ...DECORATORS, ...options });

function tscText(text: string, options: ts.CompilerOptions): string {
  const compilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    ...options,
  };
  return ts.transpileModule(text, { compilerOptions }).outputText;
}

const untyped = {
  transform: { legacyDecorator: true, decoratorMetadata: false, useDefineForClassFields: true },
};
const minified = {
  preserveAllComments: false,
  minify: { compress: { keep_classnames: true }, mangle: { keep_classnames: true } },
};

/** The root module of compiled code. */
function load(code: string): Constructor {
  const module = { exports: {} as { Root: Constructor } };
  new Function('module', 'exports', 'require', code)(module, module.exports, require);
  return module.exports.Root;
}

function mistakes(code: string): readonly FrameworkError[] {
  try {
    createApp(load(code));
  } catch (error) {
    if (FrameworkError.is(error)) return error.errors;
    throw error;
  }
  return [];
}

/** What is told of one owner. */
function told(code: string, owner: string): FrameworkError {
  const found = mistakes(code).filter((error) => error.message.includes(owner));
  expect(found.map((error) => error.code)).toEqual(['ERR_BUILD_LOST']);
  return found[0] as FrameworkError;
}

test.each([
  ['esbuild', () => esbuild('by-text')],
  ['swc without decoratorMetadata', () => swc('by-text', untyped)],
  ['tsc without emitDecoratorMetadata', () => tsc('by-text', { emitDecoratorMetadata: false })],
])('types that %s has not written are told of each method, with the code that says them', (_, compile) => {
  const code = compile();
  expect(mistakes(code).map((error) => error.code)).toEqual(Array(6).fill('ERR_BUILD_LOST'));

  const constructed = told(code, 'constructor of Tools');
  expect(constructed.fix).toMatch('constructor(@Inject(Token) api)');

  const forecast = told(code, 'Tools.forecast()');
  expect(forecast.message).toMatch('the types of its parameters 0 ("query") and 1 ("ctx")');
  expect(forecast.message).toMatch('esbuild and tsx');
  expect(forecast.fix).toMatch('@Tool() forecast(@Args(Class) query, @Ctx() ctx)');
  expect(forecast.fix).toMatch('"emitDecoratorMetadata": true');

  // The default of `b` says its type.
  expect(told(code, 'Tools.add()').fix).toMatch("add(@Arg('a', { type: 'string' }) a, b, label)");
  expect(told(code, 'Tools.profile()').fix).toMatch(
    "@Resource(uri) profile(@Arg('id', { type: 'string' }) id)",
  );
  expect(told(code, 'Tools.plan()').fix).toMatch('@Prompt() plan(');
  expect(told(code, 'Tools.cities()').fix).toMatch('@Complete(target, argument) cities(');
});

test.each([
  ['esbuild', () => esbuild('by-text', '--minify', '--keep-names')],
  ['swc', () => swc('by-text', minified, true)],
])(
  'names, defaults and comments that the minifier of %s has removed are told of each method',
  (name, compile) => {
    const code = compile();
    const add = told(code, 'Tools.add()');
    expect(add.message).toMatch('a minifier has been over the class');
    expect(add.message).toMatch(/the names? of its parameters? 0/);
    expect(add.message).toMatch('the defaults of its parameters 1 and 2');
    expect(add.message).toMatch('the doc comment');
    expect(add.fix).toMatch("@Tool({ description: '…' }) add(");
    expect(add.fix).toMatch(name === 'swc' ? "@Arg('name') …" : "@Arg('name', { type: 'string' }) …");
    expect(add.fix).toMatch('optional: true');
    expect(add.fix).toMatch('leave the classes of the server out of the minifier');

    const ping = told(code, 'Tools.ping()');
    expect(ping.message).not.toMatch('parameter');
    expect(ping.fix).toMatch("@Tool({ description: '…' }) ping()");

    expect(told(code, 'Tools.profile()').fix).toMatch("@Resource(uri, { description: '…' })");
    expect(told(code, 'Tools.plan()').fix).toMatch("@Prompt({ description: '…' })");
  },
);

test('a minified class of arguments is told its fields without a description', () => {
  const code = swc('by-text', minified, true);
  const query = told(code, 'class Query');
  expect(query.message).toMatch('the doc comments of its fields city, days');
  expect(query.fix).toMatch("@Description('…')");
});

test('a template that goes over several lines does not hide a minifier', () => {
  const code = swc('by-text', minified, true).replace('"pong"', '`\n`');
  expect(code).toMatch('`\n`');
  expect(told(code, 'Tools.ping()').message).toMatch('minifier');
});

test.each([
  ['tsc', () => tsc('by-decorators', {})],
  [
    'tsc with removeComments and without metadata',
    () => tsc('by-decorators', { removeComments: true, emitDecoratorMetadata: false }),
  ],
  ['swc, minified', () => swc('by-decorators', minified, true)],
  ['swc, minified and without metadata', () => swc('by-decorators', { ...minified, ...untyped }, true)],
  ['esbuild', () => esbuild('by-decorators')],
  ['esbuild, minified', () => esbuild('by-decorators', '--minify')],
])('a server that says everything by decorators is the same when compiled by %s', async (_, compile) => {
  await using server = await createTestServer(load(compile()));
  const client = await server.connect('2025-11-25');

  const { tools } = await client.listTools();
  expect(tools).toMatchObject([
    {
      name: 'forecast',
      description: 'Weather forecast for a city.',
      inputSchema: {
        properties: {
          city: { type: 'string', description: 'City as people write it.' },
          days: { type: 'integer', description: 'Days ahead.', default: 3 },
        },
        required: ['city'],
      },
    },
    {
      name: 'add',
      description: 'Adds two numbers.',
      inputSchema: {
        properties: {
          a: { type: 'number', description: 'the first' },
          b: { type: 'integer', minimum: 0 },
          label: { type: 'string' },
        },
        required: ['a'],
      },
    },
  ]);
  const { resourceTemplates } = await client.listResourceTemplates();
  expect(resourceTemplates).toMatchObject([{ description: 'The profile of a user.' }]);
  const { prompts } = await client.listPrompts();
  expect(prompts).toMatchObject([
    { description: 'Plan a trip.', arguments: [{ name: 'city', required: true }] },
  ]);

  const text = async (name: string, args: object) => {
    const { content } = await client.callTool({ name, arguments: { ...args } });
    return (content as { text: string }[])[0]?.text;
  };
  expect(await text('forecast', { city: 'Bern' })).toBe('sun in Bern for 3 days (tools/call)');
  expect(await text('add', { a: 1 })).toBe('sum 3');
  const { contents } = await client.readResource({ uri: 'user://42/profile' });
  expect(contents).toMatchObject([{ text: '42' }]);
  const ref = { type: 'ref/prompt', name: 'plan' } as const;
  const { completion } = await client.complete({ ref, argument: { name: 'city', value: 'Be' } });
  expect(completion.values).toEqual(['Bern']);
});

test('a build without experimentalDecorators is told at the first decorator', () => {
  const source = `
    const { Tool } = require('@tenon/core');
    class Tools { @Tool() ping() { return 'pong'; } }
    class Bare { @Tool ping() { return 'pong'; } }`;
  for (const text of [source, source.replace('@Tool()', '@Tool')]) {
    expect(() => load(tscText(text, {}))).toThrow(
      expect.objectContaining({
        code: 'ERR_DECORATOR_MISUSE',
        message: expect.stringMatching('@Tool on ping was compiled as a standard decorator') as string,
        fix: expect.stringMatching('"experimentalDecorators": true') as string,
      }),
    );
  }
});

test.each([
  ['tsc', (text: string) => tscText(text, DECORATORS)],
  ['swc', (text: string) => swcText(text)],
])('a class that is imported as a type only is told so, compiled by %s', (_, compile) => {
  const code = compile(`
    import { Injectable, McpModule, Tool } from '@tenon/core';
    import type { Context, Logger } from '@tenon/core';
    @Injectable()
    export class Tools {
      constructor(readonly logger: Logger) {}
      @Tool() run(ctx: Context, log: Logger) { return [ctx, log]; }
    }
    @McpModule({ name: 't', version: '1', handlers: [Tools] })
    export class Root {}`);
  const found = mistakes(code);
  expect(found.map((error) => error.code)).toEqual([
    'ERR_DI_TYPE_ERASED',
    'ERR_PARAM_NO_SOURCE',
    'ERR_PARAM_NO_SOURCE',
  ]);
  expect(found[0]?.fix).toMatch('not with "import type"');
  expect(found[1]?.message).toMatch('Parameter 0 of Tools.run() ("ctx")');
  expect(found[1]?.fix).toMatch('Import Context as a value and let it be the type, or write it: @Ctx() ctx');
  expect(found[2]?.fix).toMatch('not with "import type"');
});
