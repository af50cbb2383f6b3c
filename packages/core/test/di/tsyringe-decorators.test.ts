import {
  createApp,
  Inject,
  Injectable,
  McpModule,
  token,
  Tool,
  type App,
  type ConcreteClass,
  type Provider,
} from '@tenon/core';
import {
  autoInjectable,
  container,
  delay,
  inject,
  injectable,
  injectAll,
  injectWithTransform,
  Lifecycle,
  scoped,
  singleton,
} from 'tsyringe';
import { mistake } from '../mistake.js';

const resolved = jest.spyOn(container, 'resolve');

afterEach(() => {
  // Nothing of all this is tsyringe's to make.
  expect(resolved).not.toHaveBeenCalled();
});

async function text(app: App, tool: string): Promise<unknown> {
  const { content } = await app.callTool(tool);
  return (content as unknown as [{ text: string }])[0].text;
}

/** What the tool `read` answers, where `url` is provided besides. */
async function read(handlers: ConcreteClass, ...providers: readonly Provider[]): Promise<unknown> {
  @McpModule({
    name: 't',
    version: '1',
    providers: [...providers, { provide: 'url', useValue: 'db://' }],
    handlers: [handlers],
  })
  class Root {}
  const app = createApp(Root);
  const answer = await text(app, 'read');
  await app.close();
  return answer;
}

test('@injectable and @inject say what a constructor asks for', async () => {
  @injectable()
  class Db {
    constructor(@inject('url') readonly url: string) {}
  }
  @injectable()
  class Tools {
    constructor(
      readonly db: Db,
      @inject(Db) readonly same: unknown,
      @inject('nowhere', { isOptional: true }) readonly nothing: unknown,
    ) {}
    @Tool() read() {
      return [this.db.url, this.same === this.db, typeof this.nothing].join(' ');
    }
  }
  expect(await read(Tools, Db)).toBe('db:// true undefined');
});

test('@inject alone is enough, is inherited with its constructor, and gives way to @Inject', async () => {
  class Base {
    constructor(@inject('url') readonly url: string) {}
  }
  class Inherits extends Base {}
  const other = token<string>('OTHER');
  class Both {
    constructor(@Inject(other) @inject('url') readonly url: string) {}
  }
  class Tools {
    @Tool() read(@Inject(Inherits) inherits: Inherits, @Inject(Both) both: Both) {
      return `${inherits.url} ${both.url}`;
    }
  }
  const given = { provide: other, useValue: 'other://' };
  expect(await read(Tools, Inherits, Both, given)).toBe('db:// other://');
});

test('a missing token of a class with @inject is told like any other', () => {
  @injectable()
  class Db {
    constructor(@inject('url') readonly url: string) {}
  }
  class Tools {
    @Tool() ping() {
      return 'pong';
    }
  }
  @McpModule({ name: 't', version: '1', providers: [Db], handlers: [Tools] })
  class Root {}
  const error = mistake(Root);
  expect(error.code).toBe('ERR_DI_MISSING');
  expect(error.message).toMatch('Db of Root asks for url');
});

test('@singleton lives with the app, @scoped for one message, and @injectable with the app', async () => {
  let made = 0;
  @singleton()
  class One {
    readonly id = ++made;
  }
  @injectable()
  class Plain {
    readonly id = ++made;
  }
  @scoped(Lifecycle.ContainerScoped)
  class Scoped {
    readonly id = ++made;
    constructor(readonly one: One) {}
  }
  @scoped(Lifecycle.ResolutionScoped)
  class Resolution {
    readonly id = ++made;
    constructor(readonly scoped: Scoped) {}
  }
  class Tools {
    @Tool() ids(
      @Inject(One) one: One,
      @Inject(Plain) plain: Plain,
      @Inject(Scoped) own: Scoped,
      @Inject(Resolution) resolution: Resolution,
    ) {
      return [one.id, plain.id, own.id, resolution.id, resolution.scoped === own].join(' ');
    }
  }
  @McpModule({ name: 't', version: '1', providers: [One, Plain, Scoped, Resolution], handlers: [Tools] })
  class Root {}
  const app = createApp(Root);
  expect(await text(app, 'ids')).toBe('1 2 3 4 true');
  expect(await text(app, 'ids')).toBe('1 2 5 6 true');
  expect(() => app.get(Scoped)).toThrow('The app holds no Scoped');
  await app.close();
});

test('what lives for one message is captive in what lives with the app, also if tsyringe says so', () => {
  @scoped(Lifecycle.ContainerScoped)
  class Trace {}
  @singleton()
  class Holds {
    constructor(readonly trace: Trace) {}
  }
  class Tools {
    @Tool() ping() {
      return 'pong';
    }
  }
  @McpModule({ name: 't', version: '1', providers: [Trace, Holds], handlers: [Tools] })
  class Root {}
  expect(mistake(Root).code).toBe('ERR_DI_CAPTIVE');
});

test('@Injectable of this package, and the lifetime of a provider, win over tsyringe', async () => {
  let made = 0;
  @Injectable({ lifetime: 'app' })
  @scoped(Lifecycle.ContainerScoped)
  class Ours {
    readonly id = ++made;
  }
  @scoped(Lifecycle.ContainerScoped)
  class Theirs {
    readonly id = ++made;
  }
  class Tools {
    @Tool() ids(ours: Ours, @Inject(Theirs) theirs: Theirs) {
      return [ours.id, theirs.id].join(' ');
    }
  }
  @McpModule({
    name: 't',
    version: '1',
    providers: [Ours, { provide: Theirs, useClass: Theirs, lifetime: 'app' }],
    handlers: [Tools],
  })
  class Root {}
  const app = createApp(Root);
  expect([await text(app, 'ids'), await text(app, 'ids')]).toEqual(['1 2', '1 2']);
  await app.close();
});

test('delay() names a class that is defined later; a cycle of providers stays an error', async () => {
  @injectable()
  class Early {
    constructor(@inject(delay(() => Later)) readonly later: unknown) {}
    @Tool() check() {
      return this.later instanceof Later;
    }
  }
  @injectable()
  class Later {}
  @McpModule({ name: 't', version: '1', providers: [Later], handlers: [Early] })
  class Root {}
  const app = createApp(Root);
  expect(await text(app, 'check')).toBe('true');
  await app.close();

  @injectable()
  class Chicken {
    constructor(@inject(delay(() => Egg)) readonly egg: unknown) {}
  }
  @injectable()
  class Egg {
    constructor(@inject(Chicken) readonly chicken: unknown) {}
  }
  @McpModule({ name: 't', version: '1', providers: [Chicken, Egg, Later], handlers: [Early] })
  class Circle {}
  expect(mistake(Circle).code).toBe('ERR_DI_CYCLE');
});

test('@autoInjectable asks tsyringe for nothing, as everything is given', async () => {
  @autoInjectable()
  class Db {
    constructor(@inject('url') readonly url?: string) {}
  }
  class Tools {
    @Tool() read(@Inject(Db) db: Db) {
      return db.url;
    }
  }
  expect(await read(Tools, Db)).toBe('db://');
});

test('@injectAll and transforms are refused with what to provide instead', () => {
  class Upper {
    transform(value: string) {
      return value.toUpperCase();
    }
  }
  @injectable()
  class All {
    constructor(@injectAll('plugins') readonly plugins: unknown[]) {}
  }
  @injectable()
  class Changed {
    constructor(@injectWithTransform('url', Upper) readonly url: string) {}
  }
  class Tools {
    @Tool() ping() {
      return 'pong';
    }
  }
  @McpModule({ name: 't', version: '1', providers: [All, Changed], handlers: [Tools] })
  class Root {}
  const { errors } = mistake(Root);
  expect(errors.map((each) => each.code)).toEqual(['ERR_DI_TSYRINGE', 'ERR_DI_TSYRINGE']);
  expect(errors[0]?.message).toMatch('Parameter 0 of All');
  expect(errors[0]?.fix).toMatch('useFactory');
  expect(errors[1]?.message).toMatch('@injectWithTransform');
});

test('@inject before a parameter of a method is refused: tsyringe forgets which method it was', () => {
  class Tools {
    // As an argument, the key would be asked of whoever calls.
    @Tool() search(query: string, @inject('API_KEY') key: string) {
      return query + key;
    }
  }
  @McpModule({
    name: 't',
    version: '1',
    providers: [{ provide: 'API_KEY', useValue: 'secret' }],
    handlers: [Tools],
  })
  class Root {}
  const error = mistake(Root);
  expect(error.code).toBe('ERR_DI_TSYRINGE');
  expect(error.message).toMatch('A method of Tools');
  expect(error.fix).toMatch('@Inject(Token)');
});

test('a parameter of a handler is said to be injected in words of this package', async () => {
  @singleton()
  class Db {}
  class Tools {
    @Tool() read(db: Db) {
      return db;
    }
  }
  @McpModule({ name: 't', version: '1', providers: [Db], handlers: [Tools] })
  class Root {}
  const error = mistake(Root);
  expect(error.code).toBe('ERR_PARAM_NO_SOURCE');
  expect(error.fix).toMatch('@Inject(Db)');
});
