import {
  AtomicStore,
  Bus,
  Clock,
  createApp,
  FrameworkError,
  Injectable,
  Inject,
  KeyValueStore,
  LastingStore,
  McpModule,
  MemoryBus,
  MemoryStore,
  Middleware,
  Tool,
  use,
  UseMiddleware,
  atomicStore,
  listableStore,
  type Call,
  type CreateOptions,
  type MiddlewareHooks,
  type ModuleOptions,
  type Next,
} from '@tenon/core';
import { AnswerStore } from '../../src/records/lasting-store.js';
import { RateLimit, ResponseCaching } from '@tenon/core/middleware';
import { Collection, EncryptedStore } from '@tenon/storage';
import { ManualClock, RecordingLogger } from '@tenon/testing';
import { ModuleProviders } from '../../src/di/module-providers.js';
import { Mistakes } from '../../src/errors/mistakes.js';
import { Stores } from '../../src/server/stores.js';

/** A store that tells when it is opened and closed. */
class Watched extends MemoryStore {
  readonly events: string[] = [];
  override async open(): Promise<void> {
    this.events.push('open');
  }
  override async close(): Promise<void> {
    this.events.push('close');
  }
}

class Narrow extends KeyValueStore {
  override get = () => Promise.resolve(undefined);
  override getMany = () => Promise.resolve([]);
  override set = () => Promise.resolve();
  override delete = () => Promise.resolve(false);
}

@Injectable()
class Keeper {
  constructor(
    readonly values: KeyValueStore,
    readonly steps: AtomicStore,
    @Inject(LastingStore) readonly lasting: AtomicStore,
    @Inject(AnswerStore) readonly answers: AtomicStore | undefined,
    readonly bus: Bus,
  ) {}

  @Tool()
  nothing(): string {
    return '';
  }
}

function appWith(options: Parameters<typeof McpModule>[0], create: CreateOptions = {}) {
  @McpModule({ name: 'kept', version: '1.0.0', handlers: [Keeper], ...options })
  class Root {}
  return createApp(Root, { logger: new RecordingLogger(), ...create });
}

const here = process.platform;
const onPlatform = (value: NodeJS.Platform): void => {
  Object.defineProperty(process, 'platform', { value, configurable: true });
};
afterEach(() => {
  jest.restoreAllMocks();
  onPlatform(here);
});

test('the storage and the bus of the root module are the default of whoever asks', async () => {
  const [storage, bus] = [new MemoryStore(), new MemoryBus()];
  const app = appWith({ storage, bus });
  await app.start();
  const keeper = app.get(Keeper);
  expect([keeper.values, keeper.steps, keeper.lasting, keeper.bus]).toEqual([storage, storage, storage, bus]);
  for (const token of [KeyValueStore, AtomicStore, LastingStore, AnswerStore])
    expect(app.get(token)).toBe(storage);
  await app.close();
});

test('a storage is opened at the start, once, and closed with the app; creating the app opens nothing', async () => {
  const storage = new Watched();
  const app = appWith({ storage });
  expect(storage.events).toEqual([]);
  await app.start();
  expect(storage.events).toEqual(['open']);
  await app.close();
  expect(storage.events).toEqual(['open', 'close']);
});

test('a storage that cannot be opened ends the start, with what it says', async () => {
  class Dead extends MemoryStore {
    override open(): Promise<void> {
      const details = { store: 'Dead', reason: 'nobody is there', cure: 'Start it.' };
      return Promise.reject(new FrameworkError('ERR_STORAGE_OPEN', details));
    }
  }
  await expect(appWith({ storage: new Dead() }).start()).rejects.toMatchObject({ code: 'ERR_STORAGE_OPEN' });
});

test('a provider of the root module still stands in for the storage', async () => {
  const [storage, own] = [new MemoryStore(), new Narrow()];
  const app = appWith({ storage, providers: [{ provide: KeyValueStore, useValue: own }] });
  await app.start();
  expect([app.get(Keeper).values, app.get(Keeper).steps]).toEqual([own, storage]);
  await app.close();
});

test('without a storage everything is in memory on Linux', async () => {
  onPlatform('linux');
  const app = appWith({});
  await app.start();
  const keeper = app.get(Keeper);
  expect([keeper.values, keeper.lasting]).toEqual([keeper.steps, keeper.steps]);
  await app.close();
});

test('on linux answers have no store: they need none to be in memory', async () => {
  onPlatform('linux');
  const app = appWith({});
  await app.start();
  const { lasting, answers } = app.get(Keeper);
  expect([lasting.constructor.name, answers]).toEqual(['MemoryStore', undefined]);
  await app.close();
});

test.each(['darwin', 'win32'] as const)(
  'on %s what should outlive the process is encrypted on the disk, all else in memory; nothing is opened before it is used',
  async (platform) => {
    onPlatform(platform);
    const app = appWith({});
    await app.start();
    const { values, lasting, answers } = app.get(Keeper);
    expect(lasting.constructor.name).toBe('EncryptedStore');
    expect(answers).toBe(lasting);
    expect(values.constructor.name).toBe('MemoryStore');
    await app.close();
  },
);

test('in production a server warns where what should outlive the process is in memory', async () => {
  onPlatform('linux');
  jest.replaceProperty(process, 'env', { ...process.env, NODE_ENV: 'production' });
  const warningsOf = async (options: Parameters<typeof McpModule>[0]): Promise<readonly string[]> => {
    const logger = new RecordingLogger();
    const app = appWith(options, { logger });
    await app.start();
    await app.close();
    return logger.lines.filter(({ level }) => level === 'warn').map(({ message }) => message);
  };
  expect(await warningsOf({})).toEqual([expect.stringMatching(/in memory and will be lost on restart/)]);
  expect(await warningsOf({ storage: new MemoryStore() })).toEqual([]);

  @Injectable()
  class Forgetful {
    constructor(
      readonly steps: AtomicStore,
      @Inject(AnswerStore) readonly answers: AtomicStore | undefined,
    ) {}
    @Tool()
    nothing(): string {
      return '';
    }
  }
  expect(await warningsOf({ handlers: [Forgetful] })).toEqual([]);
});

test('a storage that cannot do single steps, or is none, is told when the app is created', () => {
  const codesOf = (options: object): string[] => {
    try {
      appWith(options);
      return [];
    } catch (error) {
      return (error as FrameworkError).errors.map(({ code }) => code);
    }
  };
  expect(codesOf({ storage: new Narrow() })).toEqual(['ERR_STORAGE_ABILITY']);
  expect(codesOf({ storage: MemoryStore })).toEqual(['ERR_OPTION_VALUE']);
  expect(codesOf({ storage: new Map(), bus: new MemoryStore() })).toEqual([
    'ERR_OPTION_VALUE',
    'ERR_OPTION_VALUE',
  ]);
});

test('who needs an ability is told which store lacks it', () => {
  const store = new MemoryStore();
  expect([atomicStore(store, 'X'), listableStore(store, 'X')]).toEqual([store, store]);
  for (const asked of [atomicStore, listableStore])
    expect(() => asked(new Narrow(), 'RateLimit')).toThrow(/RateLimit needs a store .* which Narrow cannot/);
});

test('the line for the operator names the storage, the bus, or the choice of the platform', async () => {
  const lineOf = async (options: ModuleOptions, platform: NodeJS.Platform): Promise<string> => {
    onPlatform(platform);
    const mistakes = new Mistakes();
    const stores = new Stores('Root', options, { name: 'kept', mistakes });
    const framework = new ModuleProviders('the framework');
    stores.addTo(framework, new ManualClock());
    await Promise.all([...framework.own.values()].map(({ create }) => create([new MemoryStore()])));
    return stores.line;
  };
  const [storage, bus] = [new MemoryStore(), new MemoryBus()];
  expect(await lineOf({ storage, bus }, 'linux')).toBe('Storage: MemoryStore, news over MemoryBus');
  const key = EncryptedStore.generateKey();
  const sealed = new EncryptedStore({ store: new Collection({ store: storage, name: 'kept' }), key });
  expect(await lineOf({ storage: sealed }, 'linux')).toBe(
    'Storage: EncryptedStore over Collection over MemoryStore',
  );
  expect(await lineOf({}, 'linux')).toMatch(/^Storage: memory, the default on linux;/);
  expect(await lineOf({}, 'darwin')).toMatch(/encrypted in .*server-kept, the default on darwin$/);
});

describe('stores in the options of middleware', () => {
  @Middleware()
  class Keeps implements MiddlewareHooks {
    constructor(
      readonly options: {
        storage?: KeyValueStore;
        shared?: { store: KeyValueStore };
        events?: string[];
      } = {},
      @Inject(Clock) readonly clock?: Clock,
    ) {
      options.events?.push('made');
    }

    onRequest(_call: Call, next: Next): Promise<unknown> {
      return next();
    }

    onClose(): void {
      this.options.events?.push('closed');
    }
  }

  test('are opened before the middleware is made, and closed after it', async () => {
    const storage = new Watched();
    const keeps = use(Keeps, { storage, events: storage.events });
    const app = appWith({ middleware: [keeps] });
    expect(storage.events).toEqual([]);
    await app.start();
    expect(storage.events).toEqual(['open', 'made']);
    expect((app.get(keeps.token) as Keeps).clock).toBe(app.get(Clock));
    await app.close();
    expect(storage.events).toEqual(['open', 'made', 'closed', 'close']);
  });

  test('also deeper, on a class, in a module below, and where one use is listed in two places', async () => {
    const [deep, own, below] = [new Watched(), new Watched(), new Watched()];
    const twice = use(Keeps, { storage: below });
    @UseMiddleware(use(Keeps, { storage: own }))
    class Guarded {
      @Tool()
      guarded(): string {
        return '';
      }
    }
    @McpModule({ handlers: [Guarded], middleware: [twice] })
    class Below {}
    const app = appWith({ imports: [Below], middleware: [use(Keeps, { shared: { store: deep } }), twice] });
    await app.start();
    await app.callTool('guarded');
    await app.close();
    for (const { events } of [deep, own, below]) expect(events).toEqual(['open', 'close']);
  });

  test('that cannot be opened end the start', async () => {
    const storage = new Watched();
    storage.open = () => Promise.reject(new Error('nobody answers'));
    const starting = appWith({ middleware: [use(Keeps, { storage })] }).start();
    await expect(starting).rejects.toThrow('nobody answers');
    expect(storage.events).toEqual([]);
  });

  test('of middleware that is added later are opened then, and closed with the app', async () => {
    const [storage, dead] = [new Watched(), new Watched()];
    dead.open = () => Promise.reject(new Error('nobody answers'));
    const app = appWith({});
    await app.start();
    app.use(use(Keeps, { storage, events: storage.events }), use(Keeps, { storage: dead }));
    await app.callTool('nothing');
    await app.close();
    expect(storage.events).toEqual(['open', 'made', 'closed', 'close']);
    expect(dead.events).toEqual([]);
  });

  test('are shared by the counts of a RateLimit and by kept answers', async () => {
    const storage = new Watched();
    const app = appWith({
      middleware: [
        use(RateLimit, { shared: { name: 'all', store: storage } }),
        use(ResponseCaching, { storage }),
      ],
    });
    await app.start();
    await app.close();
    expect(storage.events).toEqual(['open', 'open', 'close', 'close']);
  });

  test('that are in an instance made by hand are its maker’s', async () => {
    const storage = new Watched();
    const app = appWith({ middleware: [new Keeps({ storage })] });
    await app.start();
    await app.close();
    expect(storage.events).toEqual([]);
  });
});
