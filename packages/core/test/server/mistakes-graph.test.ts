import {
  createApp,
  type FrameworkError,
  Inject,
  Injectable,
  Lifespan,
  McpModule,
  Tool,
  token,
} from '@tenon/core';
import type { ErrorCode } from '@tenon/core';
import { mistake } from '../mistake.js';

interface Weather {
  today(): string;
}

@Injectable()
class Ready {}

class Tools {
  @Tool() ping() {
    return 'pong';
  }
}

function codes(error: FrameworkError): ErrorCode[] {
  return error.errors.map((each) => each.code);
}

test('a missing token is told with its owner and the module to add it to', () => {
  class Db {}
  @Injectable()
  class Repository {
    constructor(readonly db: Db) {}
  }
  @McpModule({ name: 't', version: '1', providers: [Repository], handlers: [Tools] })
  class Root {}
  const error = mistake(Root);
  expect(error.code).toBe('ERR_DI_MISSING');
  expect(error.message).toMatch('Repository');
  expect(error.fix).toMatch('Add Db to the providers of Root');
});

test('a missing token of a handler is told with a module to add it to, not with the handler', () => {
  const url = token<string>('DB_URL');
  class Reports {
    @Tool() total(@Inject(url) at: string) {
      return at;
    }
  }
  @McpModule({ name: 't', version: '1', handlers: [Reports] })
  class Root {}
  const error = mistake(Root);
  expect(error.code).toBe('ERR_DI_MISSING');
  expect(error.message).toMatch('DB_URL');
  expect(error.fix).toMatch('providers of Root');
});

test('a cycle is told with its whole path before anything is made', () => {
  let made = 0;
  const first = token<unknown>('First');
  @Injectable()
  class Second {
    constructor(@Inject(first) readonly other: unknown) {
      made++;
    }
  }
  @Injectable()
  class First {
    constructor(readonly other: Second) {
      made++;
    }
  }
  @McpModule({
    name: 't',
    version: '1',
    providers: [Second, { provide: first, useClass: First }],
    handlers: [Tools],
  })
  class Root {}
  const error = mistake(Root);
  expect(error.code).toBe('ERR_DI_CYCLE');
  expect(error.message).toMatch('Second → First → Second');
  expect(error.fix).toMatch('third class');
  expect(made).toBe(0);
});

test('a provider that asks for itself is a cycle', () => {
  const self = token<unknown>('Self');
  @McpModule({
    name: 't',
    version: '1',
    providers: [{ provide: self, useFactory: (own: unknown) => own, inject: [self] }],
    handlers: [Tools],
  })
  class Root {}
  expect(mistake(Root).code).toBe('ERR_DI_CYCLE');
});

test.each(['request', 'session'] as const)(
  'an app instance that keeps a %s one is told with both cures',
  (lifetime) => {
    @Injectable({ lifetime })
    class Short {}
    @Injectable()
    class Long {
      constructor(readonly short: Short) {}
    }
    @McpModule({ name: 't', version: '1', providers: [Short, Long], handlers: [Tools] })
    class Root {}
    const error = mistake(Root);
    expect(error.code).toBe('ERR_DI_CAPTIVE');
    expect(error.message).toMatch('Long');
    expect(error.fix).toMatch(`Give Long the lifetime "${lifetime}"`);
    expect(error.fix).toMatch('take Short as a parameter');
  },
);

test('a session instance that keeps a request one is captive', () => {
  @Injectable({ lifetime: 'request' })
  class Short {}
  @Injectable({ lifetime: 'session' })
  class Long {
    constructor(readonly short: Short) {}
  }
  @McpModule({ name: 't', version: '1', providers: [Short, Long], handlers: [Tools] })
  class Root {}
  const error = mistake(Root);
  expect(error.code).toBe('ERR_DI_CAPTIVE');
  expect(error.fix).toMatch('Give Long the lifetime "request"');
});

test('a transient that holds a request instance is captive in an app instance, through as many transients as there are', () => {
  @Injectable({ lifetime: 'request' })
  class Short {}
  @Injectable({ lifetime: 'transient' })
  class Inner {
    constructor(readonly short: Short) {}
  }
  @Injectable({ lifetime: 'transient' })
  class Outer {
    constructor(readonly inner: Inner) {}
  }
  @Injectable()
  class Long {
    constructor(readonly outer: Outer) {}
  }
  @McpModule({ name: 't', version: '1', providers: [Long, Outer, Inner, Short], handlers: [Tools] })
  class Root {}
  const error = mistake(Root);
  expect(error.code).toBe('ERR_DI_CAPTIVE');
  expect(error.message).toMatch('Outer');
  expect(error.fix).toMatch('Give Long the lifetime "request"');
});

test('a second name does not hide that what it stands for lives shorter', () => {
  const alias = token<unknown>('Alias');
  @Injectable({ lifetime: 'request' })
  class Short {}
  @Injectable()
  class Long {
    constructor(@Inject(alias) readonly short: unknown) {}
  }
  @McpModule({
    name: 't',
    version: '1',
    providers: [Long, Short, { provide: alias, useExisting: Short }],
    handlers: [Tools],
  })
  class Root {}
  expect(mistake(Root).code).toBe('ERR_DI_CAPTIVE');
});

test('what one principal shares cannot keep what lives for one message', () => {
  @Injectable({ lifetime: 'session' })
  class PerMessage {}
  @Injectable({ lifetime: 'session', sessionless: 'principal' })
  class PerPrincipal {
    constructor(readonly kept: PerMessage) {}
  }
  @McpModule({ name: 't', version: '1', providers: [PerMessage, PerPrincipal], handlers: [Tools] })
  class Root {}
  expect(mistake(Root).code).toBe('ERR_DI_CAPTIVE');
});

test('a parameter whose type is an interface is told with its position', () => {
  @Injectable()
  class Station {
    constructor(
      readonly ready: Ready,
      readonly weather: Weather,
    ) {}
  }
  @McpModule({ name: 't', version: '1', providers: [Station, Ready], handlers: [Tools] })
  class Root {}
  const error = mistake(Root);
  expect(error.code).toBe('ERR_DI_TYPE_ERASED');
  expect(error.message).toMatch('Parameter 1 of Station');
  expect(error.fix).toMatch('import type');
  expect(error.fix).toMatch('@Inject(Token)');
});

test('a class that takes parameters and carries no decorator is told', () => {
  class Bare {
    constructor(readonly ready: Ready) {}
  }
  @McpModule({ name: 't', version: '1', providers: [Bare, Ready], handlers: [Tools] })
  class Root {}
  const error = mistake(Root);
  expect(error.code).toBe('ERR_DI_NOT_INJECTABLE');
  expect(error.fix).toMatch('@Injectable() above class Bare');
});

test('a class without a decorator is told although the class it extends carries one', () => {
  @Injectable()
  class Db {}
  @Injectable()
  class Base {
    constructor(readonly ready: Ready) {}
  }
  class Derived extends Base {
    constructor(readonly db: Db) {
      super(new Ready());
    }
  }
  @McpModule({ name: 't', version: '1', providers: [Derived, Db, Ready], handlers: [Tools] })
  class Root {}
  expect(mistake(Root).code).toBe('ERR_DI_NOT_INJECTABLE');
});

test('a lifespan without a token, or without open(), is told', () => {
  class NoToken {
    *open() {
      yield 1;
    }
  }
  class NoOpen {}
  Lifespan(token('Something'))(NoOpen as never);
  @McpModule({ name: 't', version: '1', lifespans: [NoToken, NoOpen], handlers: [Tools] })
  class Root {}
  const error = mistake(Root);
  expect(codes(error)).toEqual(['ERR_LIFESPAN_SHAPE', 'ERR_LIFESPAN_SHAPE']);
  expect(error.errors[0]?.fix).toMatch('@Lifespan(Token)');
});

test('a lifespan that returns what it opens is told: at once if it is async, else when it is opened', async () => {
  class Db {}
  class Opens {
    async open() {
      return Promise.resolve(new Db());
    }
  }
  class Gives {
    open() {
      return new Db();
    }
  }
  (Lifespan(Db) as ClassDecorator)(Opens);
  (Lifespan(Db) as ClassDecorator)(Gives);
  @McpModule({ name: 't', version: '1', lifespans: [Opens] })
  class Root {}
  const error = mistake(Root);
  expect(error.code).toBe('ERR_LIFESPAN_SHAPE');
  expect(error.message).toMatch('Opens is listed as a lifespan but its open() is no generator');
  @McpModule({ name: 't', version: '1', lifespans: [Gives] })
  class Later {}
  await expect(createApp(Later).start()).rejects.toThrow('open() is no generator; write "async *open()');
});

test('several mistakes are told at once, each with its own code and fix', () => {
  class Db {}
  @Injectable()
  class Repository {
    constructor(readonly db: Db) {}
  }
  class Bare {
    constructor(readonly ready: Ready) {}
  }
  class Empty {}
  @McpModule({ name: 't', version: '1', providers: [Repository, Bare], handlers: [Tools, Empty] })
  class Root {}
  const error = mistake(Root);
  expect(error.code).toBe('ERR_APP_MISTAKES');
  expect(codes(error)).toEqual(['ERR_DI_NOT_INJECTABLE', 'ERR_DI_MISSING', 'ERR_HANDLER_EMPTY']);
  for (const each of error.errors) {
    expect(each.fix).not.toBe('');
    expect(error.message).toMatch(each.code);
  }
  expect(error.fix).toMatch('Each of them');
});
