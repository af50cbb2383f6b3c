import {
  createApp,
  Inject,
  Injectable,
  Lifespan,
  McpModule,
  Principal,
  token,
  Tool,
  type Provider,
} from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';

const url = token<string>('URL');
const alias = token<string>('ALIAS');

@Injectable()
class Db {
  constructor(@Inject(url) readonly at: string) {}
}

@Injectable()
class Tools {
  constructor(readonly db: Db) {}
  @Tool() where() {
    return this.db.at;
  }
}

test('values, factories, second names and classes are injected', async () => {
  const made = token<string>('MADE');
  const plain = token<{ text: string }>('PLAIN');
  class Plain {
    readonly text = 'plain';
  }
  class All {
    @Tool() all(
      @Inject(url) a: string,
      @Inject(alias) b: string,
      @Inject(made) c: string,
      @Inject(plain) d: Plain,
    ) {
      return [a, b, c, d.text].join(' ');
    }
  }
  @McpModule({
    name: 't',
    version: '1',
    providers: [
      { provide: made, useFactory: async (from: string) => `${from}!`, inject: [alias] },
      { provide: alias, useExisting: url },
      { provide: url, useValue: 'db://' },
      { provide: plain, useClass: Plain },
    ],
    handlers: [All],
  })
  class Root {}
  const app = createApp(Root);
  expect((await app.callTool('all')).content).toEqual([{ type: 'text', text: 'db:// db:// db://! plain' }]);
  await app.close();
});

test.each([0, false, '', null, undefined])('the value %p is injected as it is', async (value) => {
  const given = token<unknown>('GIVEN');
  @Injectable()
  class Keeps {
    constructor(@Inject(given) readonly kept: unknown) {}
  }
  class Uses {
    @Tool() use(keeps: Keeps) {
      return String(keeps.kept);
    }
  }
  @McpModule({
    name: 't',
    version: '1',
    providers: [{ provide: given, useValue: value }, Keeps],
    handlers: [Uses],
  })
  class Root {}
  const app = createApp(Root);
  expect((await app.callTool('use')).content).toEqual([{ type: 'text', text: String(value) }]);
  await app.close();
});

test('a value is never closed by the app, what a factory made is', async () => {
  const events: string[] = [];
  const value = token<unknown>('VALUE');
  const made = token<unknown>('MADE');
  class Uses {
    @Tool() use(@Inject(value) _value: unknown, @Inject(made) _made: unknown) {
      return 'ok';
    }
  }
  @McpModule({
    name: 't',
    version: '1',
    providers: [
      { provide: value, useValue: { onClose: () => events.push('value') } },
      { provide: made, useFactory: () => ({ onClose: () => events.push('made') }) },
    ],
    handlers: [Uses],
  })
  class Root {}
  const app = createApp(Root);
  await app.callTool('use');
  await app.close();
  expect(events).toEqual(['made']);
});

test('an override stands in for the provider of its token, and the other is never made', async () => {
  let made = 0;
  @McpModule({
    name: 't',
    version: '1',
    providers: [
      Db,
      {
        provide: url,
        useFactory: () => {
          made++;
          return 'real';
        },
      },
    ],
    handlers: [Tools],
  })
  class Root {}
  const app = createApp(Root, { override: [{ provide: url, useValue: 'fake' }] });
  expect((await app.callTool('where')).content).toEqual([{ type: 'text', text: 'fake' }]);
  expect(made).toBe(0);
  await app.close();
});

test('a module sees its own provider before an imported one, and what it imports keeps its own', async () => {
  @McpModule({ providers: [{ provide: url, useValue: 'imported' }, Db], exports: [url, Db] })
  class Imported {}
  class Both {
    @Tool() both(@Inject(url) own: string, @Inject(Db) db: Db) {
      return `${own} ${db.at}`;
    }
  }
  @McpModule({
    name: 't',
    version: '1',
    imports: [Imported],
    providers: [{ provide: url, useValue: 'own' }],
    handlers: [Both],
  })
  class Root {}
  const app = createApp(Root);
  expect((await app.callTool('both')).content).toEqual([{ type: 'text', text: 'own imported' }]);
  await app.close();
});

test('get() gives what lives as long as the app, also by its second name, and nothing else', async () => {
  const unknown = token<string>('UNKNOWN');
  @McpModule({
    name: 't',
    version: '1',
    providers: [{ provide: url, useValue: 'db://' }, { provide: alias, useExisting: url }, Db],
    handlers: [Tools],
  })
  class Root {}
  const app = createApp(Root);
  expect(() => app.get(url)).toThrow('URL');
  await app.start();
  expect(app.get(url)).toBe('db://');
  expect(app.get(Db).at).toBe('db://');
  expect(() => app.get(unknown)).toThrow('UNKNOWN');
  expect(app.get(alias)).toBe('db://');
  await app.close();
});

test('two apps of one module share no instance', async () => {
  @McpModule({
    name: 't',
    version: '1',
    providers: [Db, { provide: url, useValue: 'db://' }],
    handlers: [Tools],
  })
  class Root {}
  const first = createApp(Root);
  const second = createApp(Root);
  await Promise.all([first.start(), second.start()]);
  expect(first.get(Db)).not.toBe(second.get(Db));
  await first.close();
  expect(second.get(Db).at).toBe('db://');
  await second.close();
});

test('a constructor of its own is not given the tokens that its ancestor named', async () => {
  @Injectable()
  class Clock {}
  @Injectable()
  class Base {
    constructor(@Inject(url) readonly at: unknown) {}
  }
  @Injectable()
  class Derived extends Base {
    constructor(readonly clock: Clock) {
      super('given');
    }
  }
  class Uses {
    @Tool() use(derived: Derived) {
      return derived.clock instanceof Clock ? 'clock' : String(derived.clock);
    }
  }
  @McpModule({
    name: 't',
    version: '1',
    providers: [Clock, Derived, { provide: url, useValue: 'db://' }],
    handlers: [Uses],
  })
  class Root {}
  const app = createApp(Root);
  expect((await app.callTool('use')).content).toEqual([{ type: 'text', text: 'clock' }]);
  await app.close();
});

test('a constructor that is inherited keeps its tokens', async () => {
  @Injectable()
  class Derived extends Db {}
  class Uses {
    @Tool() use(derived: Derived) {
      return derived.at;
    }
  }
  @McpModule({
    name: 't',
    version: '1',
    providers: [Derived, { provide: url, useValue: 'db://' }],
    handlers: [Uses],
  })
  class Root {}
  const app = createApp(Root);
  expect((await app.callTool('use')).content).toEqual([{ type: 'text', text: 'db://' }]);
  await app.close();
});

test('a token may be named by a function, where an import cycle is in the way', async () => {
  @Injectable()
  class Early {
    constructor(@Inject(() => Later) readonly later: unknown) {}
  }
  @Injectable()
  class Later {}
  class Uses {
    @Tool() use(early: Early) {
      return early.later instanceof Later;
    }
  }
  @McpModule({ name: 't', version: '1', providers: [Early, Later], handlers: [Uses] })
  class Root {}
  const app = createApp(Root);
  expect((await app.callTool('use')).content).toEqual([{ type: 'text', text: 'true' }]);
  await app.close();
});

test('the principal is injected where a message has one, and undefined for anonymous callers', async () => {
  class Uses {
    @Tool() who(principal: Principal) {
      return (principal as Principal | undefined)?.subject ?? 'nobody';
    }
  }
  @McpModule({ name: 't', version: '1', handlers: [Uses] })
  class Root {}
  const app = createApp(Root, { logger: new RecordingLogger() });
  const principal = new Principal({ issuer: 'i', subject: 'alice' });
  expect((await app.callTool('who', {}, { principal })).content).toEqual([{ type: 'text', text: 'alice' }]);
  expect((await app.callTool('who')).content).toEqual([{ type: 'text', text: 'nobody' }]);
  await app.close();
});

test('a class whose constructor is private is a token like any other', async () => {
  class Pool {
    private constructor(readonly url: string) {}
    static connect(url: string) {
      return new Pool(url);
    }
  }
  @Lifespan(Pool)
  class Connects {
    *open() {
      yield Pool.connect('pool://one');
    }
  }
  const OTHER = token<Pool>('OTHER');
  class Tools {
    @Tool() urls(@Inject(Pool) pool: Pool, @Inject(OTHER) other: Pool) {
      return `${pool.url} ${other.url}`;
    }
  }
  @McpModule({
    name: 't',
    version: '1',
    lifespans: [Connects],
    providers: [{ provide: OTHER, useExisting: Pool }],
    handlers: [Tools],
  })
  class Root {}
  const app = createApp(Root);
  expect((await app.callTool('urls')).content).toEqual([{ type: 'text', text: 'pool://one pool://one' }]);
  await app.close();

  // @ts-expect-error what is opened has to be a Pool
  @Lifespan(Pool)
  class OpensText {
    *open() {
      yield 'pool://one';
    }
  }
  // @ts-expect-error a function is no token
  const given: Provider = { provide: () => Pool.connect(''), useValue: 1 };
  expect([OpensText, given]).toHaveLength(2);
});
