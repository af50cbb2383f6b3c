import {
  createApp,
  FrameworkError,
  Inject,
  Injectable,
  Lifespan,
  McpModule,
  Middleware,
  token,
  Tool,
  type App,
  type Call,
  type DynamicModule,
  type Next,
} from '@tenon/core';
import { createTestServer } from '@tenon/testing';

interface SearchOptions {
  readonly index: string;
}
const SEARCH_OPTIONS = token<SearchOptions>('SEARCH_OPTIONS');

@Injectable()
class Search {
  constructor(@Inject(SEARCH_OPTIONS) readonly options: SearchOptions) {}
}

@McpModule({ providers: [Search], exports: [Search] })
class SearchModule {
  static forRoot(options: SearchOptions): DynamicModule {
    return { module: SearchModule, providers: [{ provide: SEARCH_OPTIONS, useValue: options }] };
  }
}

class Asks {
  @Tool() ask(@Inject(Search) search: Search) {
    return search.options.index;
  }
}

async function text(app: App, tool: string): Promise<unknown> {
  const { content } = await app.callTool(tool);
  return (content as unknown as [{ text: string }])[0].text;
}

test('a module is made with options, which only it sees', async () => {
  @McpModule({
    name: 't',
    version: '1',
    imports: [SearchModule.forRoot({ index: 'docs' })],
    handlers: [Asks],
  })
  class Root {}
  const app = createApp(Root);
  expect(await text(app, 'ask')).toBe('docs');
  await app.start();
  await app.close();

  class Peeks {
    @Tool() peek(@Inject(SEARCH_OPTIONS) options: SearchOptions) {
      return options.index;
    }
  }
  @McpModule({
    name: 't',
    version: '1',
    imports: [SearchModule.forRoot({ index: 'docs' })],
    handlers: [Peeks],
  })
  class Peeking {}
  expect(() => createApp(Peeking)).toThrow(expect.objectContaining({ code: 'ERR_DI_NOT_EXPORTED' }));
});

test('imported with different options, it is two modules, each for who imports it', async () => {
  class Code {
    @Tool() code(@Inject(Search) search: Search) {
      return search.options.index;
    }
  }
  @McpModule({ imports: [SearchModule.forRoot({ index: 'docs' })], handlers: [Asks] })
  class DocsModule {}
  @McpModule({ imports: [SearchModule.forRoot({ index: 'code' })], handlers: [Code] })
  class CodeModule {}
  @McpModule({ name: 't', version: '1', imports: [DocsModule, CodeModule] })
  class Root {}
  const app = createApp(Root);
  expect([await text(app, 'ask'), await text(app, 'code')]).toEqual(['docs', 'code']);
  await app.close();
});

test('both imported into one module, what they export is ambiguous, and told by number', () => {
  @McpModule({
    name: 't',
    version: '1',
    imports: [SearchModule.forRoot({ index: 'docs' }), SearchModule.forRoot({ index: 'code' })],
    handlers: [Asks],
  })
  class Root {}
  expect(() => createApp(Root)).toThrow(
    expect.objectContaining({
      code: 'ERR_DI_AMBIGUOUS',
      message: expect.stringMatching(/SearchModule and by SearchModule \(2\)/),
    }),
  );
});

test('the same object imported twice is one module, and can be exported by its class', async () => {
  let made = 0;
  @Injectable()
  class Counted {
    readonly id = ++made;
  }
  @McpModule({ providers: [Counted], exports: [Counted] })
  class CountedModule {
    static forRoot(): DynamicModule {
      return { module: CountedModule };
    }
  }
  const counted = CountedModule.forRoot();
  class One {
    @Tool() one(@Inject(Counted) it: Counted) {
      return it.id;
    }
  }
  class Two {
    @Tool() two(@Inject(Counted) it: Counted) {
      return it.id;
    }
  }
  @McpModule({ imports: [counted], handlers: [One], exports: [CountedModule] })
  class OneModule {}
  @McpModule({ name: 't', version: '1', imports: [counted, OneModule], handlers: [Two] })
  class Root {}
  const app = createApp(Root);
  expect([await text(app, 'one'), await text(app, 'two')]).toEqual(['1', '1']);
  await app.close();
});

test('what is added stands in front of what the decorator says, in every list', async () => {
  const FIRST = token<string>('FIRST');
  const OPENED = token<string>('OPENED');
  @Lifespan(OPENED)
  class Opens {
    *open() {
      yield 'opened';
    }
  }
  @Middleware()
  class Marks {
    async onCallTool(call: Call, next: Next) {
      const { content } = (await next(call)) as { content: { text: string }[] };
      return { content: [{ type: 'text' as const, text: `marked ${content[0]?.text}` }] };
    }
  }
  class Says {
    @Tool() say(
      @Inject(FIRST) first: string,
      @Inject(OPENED) opened: string,
      @Inject(Search) search: Search,
    ) {
      return [first, opened, search.options.index].join(' ');
    }
  }
  @McpModule({ name: 'plain', version: '1', providers: [{ provide: FIRST, useValue: 'said' }] })
  class Plain {}
  await using server = await createTestServer({
    module: Plain,
    imports: [SearchModule.forRoot({ index: 'docs' })],
    providers: [{ provide: FIRST, useValue: 'added' }],
    lifespans: [Opens],
    handlers: [Says],
    middleware: [Marks],
  });
  expect(server.app.info.name).toBe('plain');
  expect(await text(server.app, 'say')).toBe('marked added opened docs');
});

test('options may be made when the app starts, of what other modules export', async () => {
  const BASE = token<string>('BASE');
  @McpModule({ providers: [{ provide: BASE, useFactory: () => Promise.resolve('docs') }], exports: [BASE] })
  class BaseModule {}
  const searchWith = (make: (base: string) => Promise<SearchOptions>): DynamicModule => ({
    module: SearchModule,
    imports: [BaseModule],
    providers: [{ provide: SEARCH_OPTIONS, useFactory: make, inject: [BASE] }],
  });
  @McpModule({
    name: 't',
    version: '1',
    imports: [searchWith((base) => Promise.resolve({ index: `${base} of today` }))],
    handlers: [Asks],
  })
  class Root {}
  const app = createApp(Root);
  expect(await text(app, 'ask')).toBe('docs of today');
  await app.close();
});

test('a dynamic module may be global', async () => {
  @McpModule({ handlers: [Asks] })
  class Feature {}
  @McpModule({
    name: 't',
    version: '1',
    imports: [{ ...SearchModule.forRoot({ index: 'everywhere' }), global: true }, Feature],
  })
  class Root {}
  const app = createApp(Root);
  expect(await text(app, 'ask')).toBe('everywhere');
  await app.close();
});

test('a misspelt option of a dynamic module, and one without a module class, are told', () => {
  const { module, providers } = SearchModule.forRoot({ index: 'docs' });
  const added = { module, provider: providers };
  @McpModule({ name: 't', version: '1', imports: [added, { module: undefined } as never], handlers: [] })
  class Root {}
  const thrown = (() => {
    try {
      return createApp(Root);
    } catch (error) {
      return error as FrameworkError;
    }
  })() as FrameworkError;
  expect(thrown.errors.map((each) => each.code)).toEqual(['ERR_OPTION_UNKNOWN', 'ERR_MODULE_NOT_A_MODULE']);
  expect(thrown.errors[0]?.message).toMatch('The dynamic module of SearchModule');
  expect(thrown.errors[0]?.fix).toBe('Did you mean "providers"?');
});

test('handlers of a module that is imported twice are told with the way out', () => {
  @McpModule({ handlers: [Asks] })
  class AsksModule {}
  const withIndex = (index: string): DynamicModule => ({
    module: AsksModule,
    imports: [SearchModule.forRoot({ index })],
  });
  @McpModule({ name: 't', version: '1', imports: [withIndex('a'), withIndex('b')] })
  class Root {}
  expect(() => createApp(Root)).toThrow(
    expect.objectContaining({
      code: 'ERR_HANDLER_TWICE',
      fix: expect.stringMatching('Import AsksModule once'),
    }),
  );
});
