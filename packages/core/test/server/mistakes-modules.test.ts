import {
  createApp,
  Injectable,
  Lifespan,
  McpModule,
  Middleware,
  Resource,
  Tool,
  token,
  use,
  UseMiddleware,
} from '@tenon/core';
import type { Call, Component, Constructor, Next } from '@tenon/core';
import { mistake } from '../mistake.js';

class Tools {
  @Tool() ping() {
    return 'pong';
  }
}

test('a class that is no module is told', () => {
  class Plain {}
  const error = mistake(Plain);
  expect(error.code).toBe('ERR_MODULE_NOT_A_MODULE');
  expect(error.fix).toMatch('above class Plain');
});

test('a root that is undefined, as an import cycle leaves it, is told', () => {
  expect(mistake(undefined as unknown as Constructor).code).toBe('ERR_MODULE_NOT_A_MODULE');
});

test('an imported class that is no module is told', () => {
  class Plain {}
  @McpModule({ name: 't', version: '1', imports: [Plain], handlers: [Tools] })
  class Root {}
  const error = mistake(Root);
  expect(error.code).toBe('ERR_MODULE_NOT_A_MODULE');
  expect(error.message).toMatch('Plain');
});

test('an import that is undefined is told once', () => {
  @McpModule({ name: 't', version: '1', imports: [undefined as unknown as Constructor], handlers: [Tools] })
  class Root {}
  const error = mistake(Root);
  expect(error.errors).toHaveLength(1);
  expect(error.message).toMatch('import cycle');
});

test.each([
  ['a class that is no module', Tools, 'Tools', 'above class Tools, or take it out of the imports of Root'],
  ['a method that was not called', Tools.prototype.ping, 'ping', 'forRoot(…)'],
  ['a promise', Promise.resolve(Tools), 'an instance of Promise', 'await it'],
  ['an object without a module', { imports: [] }, '{ imports }', 'forRoot(…)'],
  ['undefined', undefined, 'undefined', 'a third module'],
  ['a dynamic module of undefined', { module: undefined }, 'undefined', 'a third module'],
])('%s among the imports is told with the module that imports it', (_, entry, owner, cure) => {
  @McpModule({ name: 't', version: '1', imports: [entry as Constructor], handlers: [Tools] })
  class Root {}
  const error = mistake(Root);
  expect(error.code).toBe('ERR_MODULE_NOT_A_MODULE');
  expect(error.message).toMatch(owner);
  expect(error.message).toMatch('is in the imports of Root');
  expect(error.fix).toMatch(cure);
});

test('what stands in a list that does not hold it is told by what it is', () => {
  const entries = { handlers: [new Tools()], providers: [{ provide: Tools, useClas: Tools }] };
  @McpModule({ name: 't', version: '1', ...(entries as object) })
  class Root {}
  const { message } = mistake(Root);
  expect(message).toMatch('an instance of Tools in "handlers" of Root');
  expect(message).toMatch('{ provide: Tools, useClas } in "providers" of Root');
});

test('an unknown option is told with the one that was probably meant', () => {
  const options = { name: 't', version: '1', handler: [Tools] };
  @McpModule(options)
  class Root {}
  const error = mistake(Root);
  expect(error.code).toBe('ERR_OPTION_UNKNOWN');
  expect(error.message).toMatch('"handler"');
  expect(error.fix).toBe('Did you mean "handlers"?');
});

test('an option nothing resembles is told with all there are', () => {
  const options = { name: 't', version: '1', zzzzzzzz: true };
  @McpModule(options)
  class Root {}
  const error = mistake(Root);
  expect(error.code).toBe('ERR_OPTION_UNKNOWN');
  expect(error.fix).toMatch('providers');
  expect(error.fix).toMatch('middleware');
});

test.each(['handlers', 'lifespans'] as const)('an instance listed in %s is told', (field) => {
  @McpModule({ name: 't', version: '1', [field]: [new Tools()] })
  class Root {}
  const error = mistake(Root);
  expect(error.code).toBe('ERR_MODULE_ENTRY');
  expect(error.message).toMatch(field);
  expect(error.fix).toMatch('classes');
});

test('a provider that says nothing of how it is made is told', () => {
  @McpModule({ name: 't', version: '1', providers: [{ provide: token('x') } as never], handlers: [Tools] })
  class Root {}
  const error = mistake(Root);
  expect(error.code).toBe('ERR_MODULE_ENTRY');
  expect(error.fix).toMatch('useFactory');
});

test('a lifespan among the providers is told where it belongs', () => {
  @Lifespan(token<number>('n'))
  class Opens {
    *open() {
      yield 1;
    }
  }
  @McpModule({ name: 't', version: '1', providers: [Opens], handlers: [Tools] })
  class Root {}
  const error = mistake(Root);
  expect(error.code).toBe('ERR_MODULE_ENTRY');
  expect(error.fix).toMatch('"lifespans"');
});

test('what two lifespans of one module open is told with both, and what two modules open for themselves is not', () => {
  const db = token<string>('Db');
  @Lifespan(db)
  class OpensDb {
    *open() {
      yield 'a';
    }
  }
  @Lifespan({ db, pool: token<string>('Pool') })
  class OpensPool {
    *open() {
      yield { db: 'b', pool: 'c' };
    }
  }
  @McpModule({ name: 't', version: '1', lifespans: [OpensDb, OpensPool], handlers: [Tools] })
  class Root {}
  const error = mistake(Root);
  expect(error.code).toBe('ERR_LIFESPAN_TWICE');
  expect(error.message).toMatch('Db of Root is opened twice: by OpensDb and by OpensPool');
  expect(error.fix).toMatch('take one out of the lifespans of Root');

  @McpModule({ name: 't', version: '1', lifespans: [OpensDb, OpensDb], handlers: [Tools] })
  class Listed {}
  expect(mistake(Listed).code).toBe('ERR_LIFESPAN_TWICE');

  @McpModule({ lifespans: [OpensPool] })
  class Part {}
  @McpModule({ name: 't', version: '1', imports: [Part], lifespans: [OpensDb], handlers: [Tools] })
  class Apart {}
  expect(() => createApp(Apart)).not.toThrow();
});

test('a handler none of whose methods is decorated is told', () => {
  @Injectable()
  class Nothing {
    ping() {
      return 'pong';
    }
  }
  @McpModule({ name: 't', version: '1', handlers: [Nothing] })
  class Root {}
  const error = mistake(Root);
  expect(error.code).toBe('ERR_HANDLER_EMPTY');
  expect(error.fix).toMatch('move Nothing to the providers');
});

test('two tools of one name are told with both methods', () => {
  class Others {
    @Tool('ping') pong() {
      return 'ping';
    }
  }
  @McpModule({ name: 't', version: '1', handlers: [Tools, Others] })
  class Root {}
  const error = mistake(Root);
  expect(error.code).toBe('ERR_COMPONENT_DUPLICATE');
  expect(error.message).toMatch('Tools.ping()');
  expect(error.message).toMatch('Others.pong()');
  expect(error.fix).toMatch('another name');
});

test('two versions of one tool are no duplicates', () => {
  class Versions {
    @Tool({ name: 'sum', version: '1' }) first() {
      return 1;
    }
    @Tool({ name: 'sum', version: '2' }) second() {
      return 2;
    }
  }
  @McpModule({ name: 't', version: '1', handlers: [Versions] })
  class Root {}
  expect(() => createApp(Root)).not.toThrow();
});

test('middleware without its decorator, or without a hook, is told', () => {
  class Unmarked {
    onMessage() {
      return {};
    }
  }
  @Middleware()
  class Hookless {}
  @McpModule({ name: 't', version: '1', handlers: [Tools], middleware: [Unmarked, Hookless as never] })
  class Root {}
  const error = mistake(Root);
  expect(error.errors.map((each) => each.code)).toEqual(['ERR_MIDDLEWARE_SHAPE', 'ERR_MIDDLEWARE_SHAPE']);
  expect(error.errors[0]?.fix).toMatch('@Middleware()');
  expect(error.errors[1]?.fix).toMatch('onCallTool');
});

test('a hook that is a field is told, wherever it stands and whatever else the middleware has', () => {
  @Middleware()
  class Fields {
    onCallTool = async (_call: Call, next: Next) => next();
    visible = ({ name }: Component) => name !== 'ping';
    onRequest(_call: Call, next: Next) {
      return next();
    }
  }
  @Middleware()
  class Inherits extends Fields {}
  @Middleware()
  class Assigns {
    declare onReadResource: (call: Call, next: Next) => ReturnType<Next>;
    constructor() {
      this.onReadResource = (_call, next) => next();
    }
  }
  class Guarded extends Tools {
    @UseMiddleware(use(Assigns)) @Resource('data://x') data() {
      return 'x';
    }
  }
  @McpModule({ name: 't', version: '1', handlers: [Guarded], middleware: [Fields, Inherits] })
  class Root {}
  const told = mistake(Root).errors.map((each) => each.message);
  expect(told).toHaveLength(5);
  for (const sentence of [
    'Fields has onCallTool as a field',
    'Fields has visible as a field',
    'Inherits has onCallTool as a field',
    'Inherits has visible as a field',
    'Assigns has onReadResource as a field',
  ])
    expect(told.join()).toContain(`ERR_MIDDLEWARE_FIELD: ${sentence}`);
  expect(mistake(Root).errors[0]?.fix).toMatch('Make it a method, onCallTool(call, next)');
});

test('a field of another name or kind, a method that is bound, and what the class says it makes are none', () => {
  @Middleware()
  class Plain {
    // onCallTool = () => 'no field';
    visible = new Set(['ping']);
    readonly onCallToolTimes: number[] = [];
    constructor() {
      this.onRequest = this.onRequest.bind(this);
    }
    onRequest(_call: Call, next: Next) {
      const onCallTool = this.visible.size === 0;
      return onCallTool ? {} : next();
    }
  }
  @Middleware({ hooks: () => ['onListTools'] })
  class Makes {
    onListTools = (_call: Call, next: Next) => next();
  }
  @McpModule({ name: 't', version: '1', handlers: [Tools], middleware: [Plain as never, Makes as never] })
  class Root {}
  expect(() => createApp(Root)).not.toThrow();
});

test('middleware of a method without its decorator is told', () => {
  class Unmarked {
    onCallTool() {
      return { content: [] };
    }
  }
  class Guarded {
    @UseMiddleware(Unmarked)
    @Tool()
    ping() {
      return 'pong';
    }
  }
  @McpModule({ name: 't', version: '1', handlers: [Guarded] })
  class Root {}
  expect(mistake(Root).code).toBe('ERR_MIDDLEWARE_SHAPE');
});

test('an undefined middleware, as an import cycle leaves it, is a mistake with a code', () => {
  @McpModule({ name: 't', version: '1', handlers: [Tools], middleware: [undefined as never] })
  class Root {}
  expect(['ERR_MODULE_ENTRY', 'ERR_MIDDLEWARE_SHAPE']).toContain(mistake(Root).code);
});
