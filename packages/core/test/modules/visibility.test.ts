import {
  createApp,
  Inject,
  Injectable,
  KeyValueStore,
  Lifespan,
  McpModule,
  MemoryStore,
  Middleware,
  SystemClock,
  token,
  Tool,
  UseMiddleware,
  type App,
  type Call,
  type Constructor,
  type Next,
} from '@tenon/core';
import { mistake } from '../mistake.js';

const NAME = token<string>('NAME');

@Injectable()
class Db {
  constructor(@Inject(NAME) readonly name: string) {}
}

class ReadsDb {
  @Tool() read(@Inject(Db) db: Db) {
    return db.name;
  }
}

async function text(app: App, tool: string): Promise<unknown> {
  const { content } = await app.callTool(tool);
  return (content as unknown as [{ text: string }])[0].text;
}

test('a module injects what its imports export, made of what only they see', async () => {
  @McpModule({ providers: [Db, { provide: NAME, useValue: 'hidden' }], exports: [Db] })
  class DbModule {}
  @McpModule({ name: 't', version: '1', imports: [DbModule], handlers: [ReadsDb] })
  class Root {}
  const app = createApp(Root);
  expect(await text(app, 'read')).toBe('hidden');
  await app.close();
});

test('what an import provides but does not export is out of sight, and the error names both modules and the cure', () => {
  @McpModule({ providers: [Db, { provide: NAME, useValue: 'hidden' }] })
  class DbModule {}
  @McpModule({ name: 't', version: '1', imports: [DbModule], handlers: [ReadsDb] })
  class Root {}
  const error = mistake(Root);
  expect(error.code).toBe('ERR_DI_NOT_EXPORTED');
  expect(error.message).toMatch('ReadsDb.read() of Root asks for Db, which DbModule provides');
  expect(error.fix).toBe('Add Db to the exports of DbModule.');
});

test('what a module exports that is imported elsewhere is out of sight without an import', () => {
  @McpModule({ providers: [Db, { provide: NAME, useValue: 'hidden' }], exports: [Db] })
  class DbModule {}
  @Injectable()
  class Repository {
    constructor(readonly db: Db) {}
  }
  @McpModule({ providers: [Repository], exports: [Repository] })
  class RepositoryModule {}
  @McpModule({ name: 't', version: '1', imports: [DbModule, RepositoryModule], handlers: [ReadsDb] })
  class Root {}
  const error = mistake(Root);
  expect(error.code).toBe('ERR_DI_NOT_EXPORTED');
  expect(error.message).toMatch('Repository of RepositoryModule asks for Db');
  expect(error.message).toMatch('RepositoryModule does not import DbModule');
  expect(error.fix).toBe('Add DbModule to the imports of RepositoryModule.');
});

test('a module does not see what the module that imports it provides', () => {
  @McpModule({ handlers: [ReadsDb] })
  class Feature {}
  @McpModule({
    name: 't',
    version: '1',
    imports: [Feature],
    providers: [Db, { provide: NAME, useValue: 'of the root' }],
  })
  class Root {}
  const error = mistake(Root);
  expect(error.code).toBe('ERR_DI_NOT_EXPORTED');
  // To import the root there would be a cycle, which ends in a ReferenceError where the files are loaded.
  expect(error.fix).toMatch('move Db into a module that exports it, which both import');
});

test('an imported module is exported with all that it exports, as a module or token by token', async () => {
  @McpModule({ providers: [Db, { provide: NAME, useValue: 'deep' }], exports: [Db, NAME] })
  class DbModule {}
  @McpModule({ imports: [DbModule], exports: [DbModule] })
  class Middle {}
  @McpModule({ imports: [Middle], exports: [NAME] })
  class Narrow {}
  class Names {
    @Tool() name(@Inject(NAME) name: string) {
      return name;
    }
  }
  @McpModule({ imports: [Narrow], handlers: [Names] })
  class Feature {}
  @McpModule({ name: 't', version: '1', imports: [Middle, Feature], handlers: [ReadsDb] })
  class Root {}
  const app = createApp(Root);
  expect([await text(app, 'read'), await text(app, 'name')]).toEqual(['deep', 'deep']);
  await app.close();

  class Hidden {
    @Tool() hidden(@Inject(Db) db: Db) {
      return db.name;
    }
  }
  @McpModule({ name: 't', version: '1', imports: [Narrow], handlers: [Hidden] })
  class Refused {}
  expect(mistake(Refused).code).toBe('ERR_DI_NOT_EXPORTED');
});

test('two modules keep providers of one token to themselves, each with its own instance', async () => {
  let made = 0;
  @Injectable()
  class Counter {
    readonly id = ++made;
  }
  @Injectable()
  class First {
    constructor(readonly counter: Counter) {}
    @Tool() first() {
      return this.counter.id;
    }
  }
  @Injectable()
  class Second {
    constructor(readonly counter: Counter) {}
    @Tool() second(@Inject(Counter) own: Counter) {
      return own === this.counter ? own.id : -1;
    }
  }
  @McpModule({ providers: [Counter], handlers: [First] })
  class FirstModule {}
  @McpModule({ providers: [Counter], handlers: [Second] })
  class SecondModule {}
  @McpModule({ name: 't', version: '1', imports: [FirstModule, SecondModule] })
  class Root {}
  const app = createApp(Root);
  expect([await text(app, 'first'), await text(app, 'second')]).toEqual(['1', '2']);
  expect(() => app.get(Counter)).toThrow('FirstModule and in SecondModule');
  await app.close();
});

test('providers of one message and of one session are private too', async () => {
  const make = (lifetime: 'request' | 'session', of: string) => ({
    provide: NAME,
    useFactory: () => of,
    lifetime,
  });
  class First {
    @Tool() first(@Inject(NAME) name: string) {
      return name;
    }
  }
  class Second {
    @Tool() second(@Inject(NAME) name: string) {
      return name;
    }
  }
  @McpModule({ providers: [make('request', 'one')], handlers: [First] })
  class FirstModule {}
  @McpModule({ providers: [make('session', 'two')], handlers: [Second] })
  class SecondModule {}
  @McpModule({ name: 't', version: '1', imports: [FirstModule, SecondModule] })
  class Root {}
  const app = createApp(Root);
  expect([await text(app, 'first'), await text(app, 'second')]).toEqual(['one', 'two']);
  await app.close();
});

test('an override stands in for the provider of every module that has one', async () => {
  class First {
    @Tool() first(@Inject(Db) db: Db) {
      return db.name;
    }
  }
  class Second {
    @Tool() second(@Inject(Db) db: Db) {
      return db.name;
    }
  }
  @McpModule({ providers: [Db, { provide: NAME, useValue: 'one' }], handlers: [First] })
  class FirstModule {}
  @McpModule({ providers: [Db, { provide: NAME, useValue: 'two' }], handlers: [Second] })
  class SecondModule {}
  @McpModule({ name: 't', version: '1', imports: [FirstModule, SecondModule] })
  class Root {}
  const values = createApp(Root, { override: [{ provide: Db, useValue: { name: 'fake' } }] });
  expect([await text(values, 'first'), await text(values, 'second')]).toEqual(['fake', 'fake']);
  await values.close();

  @Injectable()
  class FakeDb extends Db {
    override readonly name = 'fake in its place';
  }
  const classes = createApp(Root, { override: [{ provide: Db, useClass: FakeDb }] });
  expect([await text(classes, 'first'), await text(classes, 'second')]).toEqual([
    'fake in its place',
    'fake in its place',
  ]);
  await classes.close();
});

test('a token that two imports export is told, not chosen', () => {
  @McpModule({ providers: [{ provide: NAME, useValue: 'one' }], exports: [NAME] })
  class One {}
  @McpModule({ providers: [{ provide: NAME, useValue: 'two' }], exports: [NAME] })
  class Two {}
  class Names {
    @Tool() name(@Inject(NAME) name: string) {
      return name;
    }
  }
  @McpModule({ name: 't', version: '1', imports: [One, Two], providers: [Db], handlers: [Names] })
  class Root {}
  const error = mistake(Root);
  expect(error.errors.map((each) => each.code)).toEqual(['ERR_DI_AMBIGUOUS', 'ERR_DI_AMBIGUOUS']);
  expect(error.message).toMatch('Db of Root asks for NAME, which is exported by One and by Two');
  expect(error.message).toMatch('Names.name()');
});

test('one module that comes by two ways is no ambiguity', async () => {
  @McpModule({ providers: [Db, { provide: NAME, useValue: 'shared' }], exports: [Db] })
  class DbModule {}
  @McpModule({ imports: [DbModule], exports: [DbModule] })
  class Left {}
  @McpModule({ imports: [DbModule], exports: [DbModule] })
  class Right {}
  @McpModule({ name: 't', version: '1', imports: [Left, Right], handlers: [ReadsDb] })
  class Root {}
  const app = createApp(Root);
  expect(await text(app, 'read')).toBe('shared');
  await app.close();
});

test('modules that import each other see what either exports, and what is missing is still told', async () => {
  class Left {}
  class Right {}
  McpModule({ imports: [Right], exports: [NAME, Right], providers: [{ provide: NAME, useValue: 'left' }] })(
    Left,
  );
  McpModule({ imports: [Left], exports: [Db, Left], providers: [Db] })(Right);
  @McpModule({ name: 't', version: '1', imports: [Left], handlers: [ReadsDb] })
  class Root {}
  const app = createApp(Root);
  expect(await text(app, 'read')).toBe('left');
  await app.close();

  class Asks {
    @Tool() ask(@Inject(token('ABSENT')) absent: unknown) {
      return absent;
    }
  }
  @McpModule({ name: 't', version: '1', imports: [Right], handlers: [Asks] })
  class Asking {}
  expect(mistake(Asking).code).toBe('ERR_DI_MISSING');
});

test('a global module is seen by all, behind what they provide and import themselves', async () => {
  @McpModule({ global: true, providers: [{ provide: NAME, useValue: 'global' }], exports: [NAME] })
  class Names {}
  class Plain {
    @Tool() plain(@Inject(NAME) name: string) {
      return name;
    }
  }
  @McpModule({ handlers: [Plain] })
  class PlainModule {}
  @McpModule({ providers: [Db, { provide: NAME, useValue: 'own' }], handlers: [ReadsDb] })
  class OwnModule {}
  @McpModule({ name: 't', version: '1', imports: [Names, PlainModule, OwnModule] })
  class Root {}
  const app = createApp(Root);
  expect([await text(app, 'plain'), await text(app, 'read')]).toEqual(['global', 'own']);
  await app.close();
});

test('what the root provides in place of a token of the framework stands for every module', async () => {
  const mine = new MemoryStore(new SystemClock());
  @Injectable()
  class Keeps {
    constructor(readonly store: KeyValueStore) {}
    @Tool() kept() {
      return this.store === mine;
    }
  }
  @McpModule({ handlers: [Keeps] })
  class Feature {}
  @McpModule({
    name: 't',
    version: '1',
    imports: [Feature],
    providers: [{ provide: KeyValueStore, useValue: mine }],
  })
  class Root {}
  const app = createApp(Root);
  expect(await text(app, 'kept')).toBe('true');
  await app.close();
});

test('exporting what is neither provided nor imported is a mistake', () => {
  @McpModule({ exports: [NAME] })
  class Nothing {}
  @McpModule({ name: 't', version: '1', exports: [Nothing], handlers: [ReadsDb], providers: [Db] })
  class Unimported {}
  @McpModule({
    name: 't',
    version: '1',
    imports: [Nothing, Unimported],
    exports: [undefined as unknown as Constructor],
    providers: [{ provide: NAME, useValue: 'x' }],
  })
  class Root {}
  const { errors } = mistake(Root);
  const exporting = errors.filter((each) => each.code === 'ERR_MODULE_EXPORT');
  expect(exporting.map((each) => each.fix)).toEqual([
    expect.stringMatching('Add Nothing to the imports of Unimported'),
    expect.stringMatching('undefined'),
    expect.stringMatching('Add NAME to the providers of Nothing'),
  ]);
});

test('middleware of a module is made of what that module sees, or is the one it imports', async () => {
  let made = 0;
  @Middleware()
  class Audit {
    readonly id = ++made;
    async onCallTool(call: Call, next: Next) {
      await next(call);
      return { content: [{ type: 'text' as const, text: `audited by ${this.id}` }] };
    }
  }
  @McpModule({ providers: [Audit], exports: [Audit] })
  class AuditModule {}
  @UseMiddleware(Audit)
  class One {
    @Tool() one() {
      return 'one';
    }
  }
  @UseMiddleware(Audit)
  class Two {
    @Tool() two() {
      return 'two';
    }
  }
  @McpModule({ imports: [AuditModule], handlers: [One] })
  class OneModule {}
  @McpModule({ imports: [AuditModule], handlers: [Two] })
  class TwoModule {}
  @McpModule({ name: 't', version: '1', imports: [OneModule, TwoModule] })
  class Root {}
  const app = createApp(Root);
  expect([await text(app, 'one'), await text(app, 'two')]).toEqual(['audited by 1', 'audited by 1']);
  expect(made).toBe(1);
  await app.close();
});

test('what a lifespan of an imported module opens is injected where it is exported', async () => {
  @Lifespan(NAME)
  class Opens {
    *open() {
      yield 'opened';
    }
  }
  @McpModule({ lifespans: [Opens], exports: [NAME] })
  class Connections {}
  @McpModule({ name: 't', version: '1', imports: [Connections], providers: [Db], handlers: [ReadsDb] })
  class Root {}
  const app = createApp(Root);
  expect(await text(app, 'read')).toBe('opened');
  await app.close();
});

test('a handler that two modules list is told with both, and not as a duplicate of itself', () => {
  @McpModule({ handlers: [ReadsDb], providers: [Db, { provide: NAME, useValue: 'x' }] })
  class Feature {}
  @McpModule({
    name: 't',
    version: '1',
    imports: [Feature],
    providers: [Db, { provide: NAME, useValue: 'x' }],
    handlers: [ReadsDb],
  })
  class Root {}
  const error = mistake(Root);
  expect(error.errors.map((each) => each.code)).toEqual(['ERR_HANDLER_TWICE']);
  expect(error.message).toMatch('ReadsDb is listed as a handler twice: in Root and in Feature');
  expect(error.fix).toMatch('List it in one of them');
});
