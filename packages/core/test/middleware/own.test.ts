import {
  Complete,
  createApp,
  Injectable,
  McpModule,
  Middleware,
  OnSession,
  Prompt,
  Resource,
  Tool,
  UseMiddleware,
  type Constructor,
  type FrameworkError,
  type Lifetime,
  type MiddlewareHooks,
  type Next,
} from '@tenon/core';
import { createTestServer } from '@tenon/testing';

function module(...handlers: Constructor[]): Constructor {
  @McpModule({ name: 't', version: '1', handlers: handlers as never })
  class Root {}
  return Root;
}

function mistakes(...handlers: Constructor[]): readonly string[] {
  return told(module(...handlers));
}

function told(root: Constructor): readonly string[] {
  try {
    createApp(root);
  } catch (error) {
    return (error as FrameworkError).errors.map(({ message }) => message);
  }
  return [];
}

const goesOn = (_call: unknown, next: Next) => next() as never;

test('middleware of a class stands before all that is asked of what the class offers', async () => {
  const asked: string[] = [];
  const watch: MiddlewareHooks = {
    onRequest: (call, next) => {
      asked.push(`${call.method} ${call.component?.id}`);
      return next();
    },
  };
  @UseMiddleware(watch)
  class Watched {
    @Resource('data://one') one() {
      return '1';
    }
    @Prompt() plan(city: string) {
      return city;
    }
    @Complete('plan', 'city') cities() {
      return ['Paris'];
    }
  }
  class Beside {
    @Prompt() other(city: string) {
      return city;
    }
    @Complete('other', 'city') cities() {
      return ['Rome'];
    }
  }
  await using server = await createTestServer(module(Watched, Beside));
  const client = await server.connect('2025-11-25');
  const argument = { name: 'city', value: '' };
  await client.complete({ ref: { type: 'ref/prompt', name: 'plan' }, argument });
  await client.complete({ ref: { type: 'ref/prompt', name: 'other' }, argument });
  await client.subscribeResource({ uri: 'data://one' });
  await client.unsubscribeResource({ uri: 'data://one' });
  await client.readResource({ uri: 'data://one' });
  expect(asked).toEqual([
    'completion/complete plan',
    'resources/subscribe data://one',
    'resources/unsubscribe data://one',
    'resources/read data://one',
  ]);
});

describe('middleware that would never be asked is told', () => {
  const lists: MiddlewareHooks = { onListTools: goesOn };
  const prompts: MiddlewareHooks = { onGetPrompt: goesOn };

  test('on a method, with the hooks that are asked there', () => {
    class Tools {
      @UseMiddleware(lists) @Tool() ping() {
        return 'pong';
      }
    }
    const [told, ...others] = mistakes(Tools);
    expect(others).toEqual([]);
    expect(told).toContain('ERR_MIDDLEWARE_IDLE: Object stands on Tools.ping(), where none of its hooks');
    expect(told).toContain('onListTools');
    expect(told).toContain('onMessage, onRequest, onCallTool');
  });

  test('on a class, only if it fits nothing in the class', () => {
    @UseMiddleware(prompts)
    class Both {
      @Tool() ping() {
        return 'pong';
      }
      @Prompt() plan() {
        return '';
      }
    }
    @UseMiddleware(prompts)
    class ToolsOnly {
      @Tool() pong() {
        return 'ping';
      }
    }
    expect(mistakes(Both)).toEqual([]);
    expect(mistakes(ToolsOnly)).toEqual([expect.stringContaining('stands on ToolsOnly, where none')]);
  });

  test('on a method that is no tool, resource or prompt', () => {
    class Begins {
      @UseMiddleware({ onMessage: goesOn }) @OnSession() greet() {
        return undefined;
      }
      @Tool() ping() {
        return 'pong';
      }
    }
    expect(mistakes(Begins)).toEqual([
      expect.stringMatching(/Begins\.greet\(\)[^]+no tool, resource or prompt/),
    ]);
  });

  test('on a module, and on a provider that is no handler', () => {
    class Tools {
      @Tool() ping() {
        return 'pong';
      }
    }
    class Store {
      @UseMiddleware({ onCallTool: goesOn }) read() {
        return '';
      }
    }
    @UseMiddleware({ onCallTool: goesOn })
    class Both extends Tools {}
    class Files {
      @UseMiddleware({ onCallTool: goesOn }) read() {
        return '';
      }
    }
    const files = { provide: 'files', useClass: Files };
    @UseMiddleware({ onCallTool: goesOn })
    @McpModule({ name: 't', version: '1', handlers: [Both], providers: [Store, Both, files] })
    class Root {}
    expect(told(Root)).toEqual([
      expect.stringMatching(
        /^ERR_MIDDLEWARE_IDLE: Object stands on Root, .*Root is a module.*\n.*"middleware" of Root/,
      ),
      expect.stringMatching(
        /^ERR_MIDDLEWARE_IDLE: Object stands on Store.read\(\), .*Store is no handler.*\n.*List Store under "handlers"/,
      ),
      expect.stringMatching(/^ERR_MIDDLEWARE_IDLE: Object stands on Files.read\(\), /),
    ]);
  });

  test('but not on a provider that a handler extends', () => {
    class Base {
      @UseMiddleware({ onCallTool: goesOn }) @Tool() ping() {
        return 'pong';
      }
    }
    class Tools extends Base {}
    @McpModule({ name: 't', version: '1', handlers: [Tools], providers: [Base] })
    class Root {}
    expect(told(Root)).toEqual([]);
  });

  test('but not where it hides', () => {
    @UseMiddleware({ visible: () => true })
    class Hides {
      @UseMiddleware({ visible: () => true }) @Tool() ping() {
        return 'pong';
      }
    }
    expect(mistakes(Hides)).toEqual([]);
  });
});

test.each([
  ['app', 1],
  ['session', 1],
  ['request', 2],
  ['transient', 2],
] as const)('a middleware of lifetime %s: for two calls of one session %d made', async (lifetime, times) => {
  const made: object[] = [];
  const ran = new Set<object>();
  const closed: object[] = [];
  @Injectable({ lifetime: lifetime satisfies Lifetime })
  @Middleware()
  class Lives {
    constructor() {
      made.push(this);
    }
    onRequest(_call: unknown, next: Next) {
      ran.add(this);
      return next();
    }
    onCallTool(_call: unknown, next: Next) {
      ran.add(this);
      return next() as never;
    }
    onClose() {
      closed.push(this);
    }
  }
  @UseMiddleware(Lives)
  class Tools {
    @Tool() ping() {
      return 'pong';
    }
  }
  const server = await createTestServer(module(Tools));
  const client = await server.connect('2025-11-25');
  await client.callTool({ name: 'ping' });
  await client.callTool({ name: 'ping' });
  expect(made).toHaveLength(times);
  expect([...ran]).toEqual(made);
  expect(closed).toHaveLength(times === 2 ? 2 : 0);
  await server.close();
  expect(closed).toHaveLength(times);
});
