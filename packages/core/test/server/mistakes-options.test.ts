import { IsString } from 'class-validator';
import {
  Arg,
  createApp,
  FrameworkError,
  Injectable,
  McpModule,
  Middleware,
  prompt,
  Prompt,
  Resource,
  resource,
  tool,
  Tool,
  token,
  UseMiddleware,
} from '@tenon/core';
import type { Call, Constructor, Next } from '@tenon/core';

/** Options as JavaScript, or a cast, lets them through. */
const any = (options: object): never => options as never;

function mistakes(module: Constructor, options: object = {}): readonly FrameworkError[] {
  try {
    createApp(module, options);
  } catch (error) {
    if (FrameworkError.is(error)) return error.errors;
    throw error;
  }
  return [];
}

function ofModule(options: object): readonly FrameworkError[] {
  @McpModule({ name: 't', version: '1', ...options })
  class Root {}
  return mistakes(Root);
}

const ofHandler = (handler: Constructor): readonly FrameworkError[] => ofModule({ handlers: [handler] });

class Tools {
  @Tool() ping() {
    return 'pong';
  }
}

test('a misspelt option of a decorator is told with the one that was probably meant', () => {
  @Injectable(any({ lifetme: 'app' }))
  class Misspelt {
    @Tool(any({ titel: 'Ping' })) ping() {
      return 'pong';
    }
    @Tool(any({ annotations: { readonlyHint: true } })) look() {
      return 'seen';
    }
    @Resource('data://config', any({ mimetype: 'text/plain' })) config() {
      return '';
    }
    @Prompt(any({ descripton: 'Plan.' })) plan() {
      return '';
    }
    @Tool() add(@Arg('a', any({ optinal: true }), any({ type: 'number' })) a: number) {
      return a;
    }
  }
  const found = ofHandler(Misspelt);
  expect(new Set(found.map((error) => error.code))).toEqual(new Set(['ERR_OPTION_UNKNOWN']));
  const told = found.map((error) => error.message).join('\n');
  for (const [owner, option, meant] of [
    ['@Injectable of Misspelt', 'lifetme', 'lifetime'],
    ['@Tool of Misspelt.ping()', 'titel', 'title'],
    ['"annotations" of @Tool of Misspelt.look()', 'readonlyHint', 'readOnlyHint'],
    ['@Resource of Misspelt.config()', 'mimetype', 'mimeType'],
    ['@Prompt of Misspelt.plan()', 'descripton', 'description'],
    ["@Arg('a') of Misspelt.add()", 'optinal', 'optional'],
  ])
    expect(told).toContain(`${owner} does not know the option "${option}".\nDid you mean "${meant}"?`);
});

test.each([
  [{ name: 5 }, 'a string'],
  [{ tags: 'public' }, 'a list of strings'],
  [{ tags: ['public', 1] }, 'a list of strings'],
  [{ icons: 'icon.png' }, 'a list'],
  [{ meta: 'x' }, 'an object'],
  [{ enabled: 'no' }, 'true or false'],
  [{ version: 2 }, 'a string'],
  [{ timeoutMs: 0 }, 'above 0'],
  [{ timeoutMs: -1 }, 'above 0'],
  [{ timeoutMs: Number.NaN }, 'above 0'],
  [{ timeoutMs: '5s' }, 'above 0'],
  [{ output: undefined }, 'import each other'],
  [{ input: 'string' }, 'Standard Schema'],
  [{ annotations: { readOnlyHint: 'yes' } }, 'true or false'],
])('@Tool(%p) is told what the option takes', (options, expected) => {
  class Wrong {
    @Tool(any(options)) ping() {
      return 'pong';
    }
  }
  const [error, another] = ofHandler(Wrong);
  expect(another).toBeUndefined();
  expect(error?.code).toBe('ERR_OPTION_VALUE');
  expect(error?.message).toMatch('@Tool of Wrong.ping()');
  expect(error?.fix).toMatch(expected);
});

test.each([
  [{ mimeType: null }, 'a string'],
  [{ size: -1 }, 'a number of bytes'],
  [{ pathSecurity: { exempt: 'path' } }, 'exempt'],
  [{ annotations: { priority: 2 } }, 'from 0 to 1'],
  [{ annotations: { audience: ['model'] } }, '"user" and "assistant"'],
])('@Resource(uri, %p) is told what the option takes', (options, expected) => {
  class Wrong {
    @Resource('data://config', any(options)) config() {
      return '';
    }
  }
  const [error] = ofHandler(Wrong);
  expect(error?.code).toBe('ERR_OPTION_VALUE');
  expect(error?.fix).toMatch(expected);
});

test('an option of @Arg with a value it does not take is told', () => {
  class Wrong {
    @Tool() add(@Arg('a', any({ type: 'int' })) a: number, @Arg('b', any({ schema: undefined })) b: number) {
      return a + b;
    }
  }
  const found = ofHandler(Wrong);
  expect(found.map((error) => error.code)).toEqual(['ERR_OPTION_VALUE', 'ERR_OPTION_VALUE']);
  expect(found[0]?.message).toMatch(`The option "type" of @Arg('a') of Wrong.add() is "int".`);
  expect(found[0]?.fix).toMatch('"integer"');
});

test('unknown lifetimes are told, of a class and of a provider', () => {
  @Injectable(any({ lifetime: 'singleton', sessionless: 'shared' }))
  class Single {}
  const provide = token<number>('LIMIT');
  const found = ofModule({
    handlers: [Tools],
    providers: [Single, { provide, useFactory: () => 1, lifetime: 'scoped' }],
  });
  expect(found.map((error) => error.code)).toEqual(Array(3).fill('ERR_OPTION_VALUE'));
  expect(found[0]?.message).toMatch('"singleton"');
  expect(found[0]?.fix).toMatch('"app", "session", "request", "transient"');
  expect(found[2]?.message).toMatch('"lifetime" of LIMIT in Root');
});

test.each([
  [{ handlers: Tools }, 'a list'],
  [{ imports: Tools }, 'a list'],
  [{ middleware: {} }, 'a list'],
  [{ providers: 'Db' }, 'a list'],
  [{ components: [{ name: 'x', run: () => 1 }] }, 'tool()'],
  [{ pageSize: 0 }, 'above 0'],
  [{ pageSize: 1.5 }, 'above 0'],
  [{ onDuplicate: 'last' }, '"error", "warn", "replace", "ignore"'],
  [{ logLevel: 'verbose' }, '"debug"'],
  [{ expose: true }, '"errors"'],
  [{ websiteUrl: 'example.com' }, 'an absolute URL'],
  [{ version: 2 }, 'a string'],
])('@McpModule(%p) is told what the option takes', (options, expected) => {
  const [error, another] = ofModule(options);
  expect(another).toBeUndefined();
  expect(error?.code).toBe('ERR_OPTION_VALUE');
  expect(error?.message).toMatch('@McpModule of Root');
  expect(error?.fix).toMatch(expected);
});

test('options of components without a class are told in the same way', () => {
  const run = () => 'pong';
  const components = [
    tool(any({ name: 'ping', run, ouput: {} })),
    tool(any({ name: 'silent' })),
    resource(any({ name: 'config', run })),
    prompt(any({ name: 'plan', run, complete: () => [] })),
  ];
  const found = ofModule({ components });
  expect(found.map((error) => [error.code, error.message.split('\n')[0]])).toEqual([
    ['ERR_OPTION_UNKNOWN', expect.stringMatching(`tool 'ping' does not know the option "ouput"`)],
    ['ERR_OPTION_VALUE', expect.stringMatching(`"run" of tool 'silent' is undefined`)],
    ['ERR_OPTION_VALUE', expect.stringMatching(`"uri" of resource 'config' is undefined`)],
    ['ERR_OPTION_VALUE', expect.stringMatching(`"complete" of prompt 'plan'`)],
  ]);
});

test('a component may be an object of a class of its own', async () => {
  class Ping {
    readonly name = 'ping';
    answer = 'pong';
    run() {
      return this.answer;
    }
  }
  @McpModule({ name: 't', version: '1', components: [tool(new Ping())] })
  class Root {}
  const app = createApp(Root);
  expect((await app.callTool('ping')).content).toEqual([{ type: 'text', text: 'pong' }]);
  await app.close();
});

test('middleware that stands twice in one list is told', () => {
  @Middleware()
  class Counts {
    onMessage(_call: Call, next: Next) {
      return next();
    }
  }
  @UseMiddleware(Counts)
  class Counted {
    @UseMiddleware(Counts) @Tool() ping() {
      return 'pong';
    }
  }
  const found = ofModule({ handlers: [Counted], middleware: [Counts, Counts] });
  expect(found.map((error) => error.code)).toEqual(['ERR_MIDDLEWARE_TWICE', 'ERR_MIDDLEWARE_TWICE']);
  expect(found[0]?.message).toMatch('Counts stands twice among the middleware of Root');
  expect(found[1]?.message).toMatch('the middleware of Counted.ping()');
  expect(found[0]?.fix).toMatch('Take one of the two');
});

test('an option that is left undefined is left out', () => {
  class Fine {
    @Tool(any({ title: undefined, tags: undefined, timeoutMs: undefined })) ping() {
      return 'pong';
    }
  }
  expect(ofHandler(Fine)).toEqual([]);
});

describe('misspelt options do not hide what else is wrong', () => {
  class Wrong {
    @Resource('nowhere') config() {
      return '';
    }
  }
  const codesOf = (found: readonly FrameworkError[]) => found.map((error) => error.code);

  test('an option of the module is told together with the mistakes of its handlers', () => {
    expect(codesOf(ofModule({ handlers: [Wrong], pagesize: 5, logLevel: 'verbose' }))).toEqual([
      'ERR_OPTION_UNKNOWN',
      'ERR_OPTION_VALUE',
      'ERR_RESOURCE_URI',
    ]);
  });

  test('handlers under a misspelt name are read as what was meant', () => {
    expect(codesOf(ofModule({ handler: [Wrong] }))).toEqual(['ERR_OPTION_UNKNOWN', 'ERR_RESOURCE_URI']);
  });

  test('providers under a misspelt name are not told to be missing', () => {
    @Injectable()
    class Db {}
    @Injectable()
    class Asks {
      constructor(readonly db: Db) {}
      @Tool() ping() {
        return 'pong';
      }
    }
    expect(codesOf(ofModule({ handlers: [Asks], provider: [Db] }))).toEqual(['ERR_OPTION_UNKNOWN']);
  });

  test('an option of createApp is told together with them, and so is one that takes something else', () => {
    @McpModule({ name: 't', version: '1', handlers: [Wrong] })
    class Root {}
    const options = any({ contrakt: 'mcp.contract.json', override: 'Db' });
    expect(codesOf(mistakes(Root, options))).toEqual([
      'ERR_OPTION_UNKNOWN',
      'ERR_OPTION_VALUE',
      'ERR_RESOURCE_URI',
    ]);
  });

  test('entries that their list does not hold, and imports that are no modules, are told together with them', () => {
    class Plain {}
    expect(
      codesOf(
        ofModule({
          imports: [Plain],
          providers: [undefined, 'Db'],
          lifespans: [undefined],
          exports: [undefined],
          middleware: [undefined],
          handlers: [undefined, new Tools(), Wrong],
        }),
      ),
    ).toEqual([
      'ERR_MODULE_ENTRY',
      'ERR_MODULE_ENTRY',
      'ERR_MODULE_ENTRY',
      'ERR_MODULE_ENTRY',
      'ERR_MODULE_ENTRY',
      'ERR_MODULE_NOT_A_MODULE',
      'ERR_MODULE_EXPORT',
      'ERR_RESOURCE_URI',
      'ERR_MIDDLEWARE_SHAPE',
    ]);
  });

  test('an option of a component without a class is told together with what else is wrong with it', () => {
    const run = () => 'pong';
    expect(
      codesOf(
        ofModule({ components: [resource(any({ name: 'config', uri: 'nowhere', titel: 'Config', run }))] }),
      ),
    ).toEqual(['ERR_OPTION_UNKNOWN', 'ERR_RESOURCE_URI']);
  });
});

test('a list in the place of a schema is told how a list is written', () => {
  class Item {
    @IsString() name!: string;
  }
  class Lists {
    @Tool(any({ output: [Item] })) all() {
      return [];
    }
    @Tool(any({ input: [Item] })) some(items: unknown) {
      return items;
    }
  }
  const found = ofHandler(Lists);
  expect(found.map(({ code }) => code)).toEqual(['ERR_SCHEMA_TYPE', 'ERR_SCHEMA_TYPE']);
  expect(found[0]?.message).toMatch('Lists.all()');
  for (const { fix } of found)
    expect(fix).toMatch('@ValidateNested({ each: true }) @Type(() => Item) items!: Item[]');
  expect(found[0]?.fix).toMatch('or give a Standard Schema, z.array(z.object({ … })), or a JSON Schema.');
  expect(found[1]?.fix).toMatch('or give a Standard Schema, z.object({ items: z.array(');
});
