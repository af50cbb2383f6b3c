import {
  createApp,
  Inject,
  Injectable,
  KeyValueStore,
  Lifespan,
  McpModule,
  Optional,
  token,
  Tool,
  type InjectionToken,
  type Resolver,
} from '@tenon/core';
import { container, Lifecycle } from 'tsyringe';

const URL = token<string>('URL');
const OPENED = token<string>('OPENED');

class Billing {
  total(): number {
    return 42;
  }
  onClose() {
    throw new Error('it was closed by somebody it does not belong to');
  }
}

/** The application's own container, and what it was asked. */
function knowing(entries: readonly (readonly [InjectionToken, unknown])[]) {
  const known = new Map(entries);
  const got: InjectionToken[] = [];
  const resolve: Resolver = {
    has: (each) => known.has(each),
    get(each) {
      got.push(each);
      return known.get(each);
    },
  };
  return { resolve, got };
}

@Lifespan(OPENED)
class Opens {
  constructor(@Inject(URL) readonly url: string) {}
  *open() {
    yield `opened ${this.url}`;
  }
}

@Injectable()
class Tools {
  constructor(
    readonly billing: Billing,
    @Inject(OPENED) readonly opened: string,
  ) {}
  @Tool() use(@Inject(Billing) same: Billing, @Optional() @Inject('nowhere') nothing?: unknown) {
    return [this.billing.total(), this.opened, same === this.billing, typeof nothing].join(' ');
  }
}

@McpModule({ lifespans: [Opens], handlers: [Tools] })
class Feature {}
@McpModule({ name: 't', version: '1', imports: [Feature] })
class Root {}

test('what no module provides comes from the container of the application: asked at boot, taken once at the start, never closed', async () => {
  const billing = new Billing();
  const { resolve, got } = knowing([
    [Billing, billing],
    [URL, 'db://'],
  ]);
  const app = createApp(Root, { resolve });
  expect(got).toEqual([]);
  await app.start();
  expect(new Set(got)).toEqual(new Set([Billing, URL]));
  expect((await app.callTool('use')).content).toEqual([
    { type: 'text', text: '42 opened db:// true undefined' },
  ]);
  expect(got).toHaveLength(2);
  expect(app.get(Billing)).toBe(billing);
  await app.close();
});

test('what only a handler asks for, and what only a request provider does, comes from there too', async () => {
  @Injectable({ lifetime: 'request' })
  class Trace {
    constructor(readonly billing: Billing) {}
  }
  class Asks {
    @Tool() ask(@Inject(URL) url: string, trace: Trace) {
      return `${url} ${trace.billing.total()}`;
    }
  }
  @McpModule({ name: 't', version: '1', providers: [Trace], handlers: [Asks] })
  class Asking {}
  const { resolve } = knowing([
    [Billing, new Billing()],
    [URL, 'db://'],
  ]);
  const app = createApp(Asking, { resolve });
  expect((await app.callTool('ask')).content).toEqual([{ type: 'text', text: 'db:// 42' }]);
  await app.close();
});

test('a module, the framework and an override come before it', async () => {
  const own = token<string>('OWN');
  class Asks {
    @Tool() ask(@Inject(own) mine: string, @Inject(KeyValueStore) store: unknown, @Inject(URL) url: string) {
      return [mine, typeof store, url].join(' ');
    }
  }
  @McpModule({ name: 't', version: '1', providers: [{ provide: own, useValue: 'own' }], handlers: [Asks] })
  class Asking {}
  const { resolve, got } = knowing([
    [own, 'theirs'],
    [KeyValueStore, 'theirs'],
    [URL, 'theirs'],
  ]);
  const app = createApp(Asking, { resolve, override: [{ provide: URL, useValue: 'fake' }] });
  expect((await app.callTool('ask')).content).toEqual([{ type: 'text', text: 'own object fake' }]);
  expect(got).toEqual([]);
  await app.close();
});

test('what another module keeps to itself does not stand in its way', async () => {
  class Asks {
    @Tool() ask(@Inject(URL) url: string) {
      return url;
    }
  }
  @McpModule({ providers: [{ provide: URL, useValue: 'hidden' }] })
  class Hides {}
  @McpModule({ name: 't', version: '1', imports: [Hides], handlers: [Asks] })
  class Asking {}
  const app = createApp(Asking, { resolve: knowing([[URL, 'theirs']]).resolve });
  expect((await app.callTool('ask')).content).toEqual([{ type: 'text', text: 'theirs' }]);
  await app.close();
  expect(() => createApp(Asking, { resolve: knowing([]).resolve })).toThrow(
    expect.objectContaining({ code: 'ERR_DI_NOT_EXPORTED' }),
  );
});

test('get() on the app gives what something in it has asked for, and asks for nothing more', async () => {
  const { resolve, got } = knowing([
    [Billing, new Billing()],
    [URL, 'db://'],
    ['more', 'more'],
  ]);
  const app = createApp(Root, { resolve });
  await app.start();
  expect(app.get(URL)).toBe('db://');
  expect(() => app.get('more')).toThrow('The app holds no more');
  expect(got).not.toContain('more');
  await app.close();
});

test('a thenable is taken as it is, and what it cannot give fails the start by name', async () => {
  const query = { then: () => undefined };
  class Asks {
    @Tool() ask(@Inject(URL) it: unknown) {
      return it === query;
    }
  }
  @McpModule({ name: 't', version: '1', handlers: [Asks] })
  class Asking {}
  const app = createApp(Asking, { resolve: knowing([[URL, query]]).resolve });
  expect((await app.callTool('ask')).content).toEqual([{ type: 'text', text: 'true' }]);
  await app.close();

  const failing: Resolver = {
    has: (each) => each === URL,
    get: () => {
      throw new Error('not bootstrapped yet');
    },
  };
  await expect(createApp(Asking, { resolve: failing }).start()).rejects.toMatchObject({
    code: 'ERR_PROVIDER_FAILED',
    message: expect.stringMatching(/URL of the application's container .* not bootstrapped yet/),
  });
});

test('a container of tsyringe is one', async () => {
  const theirs = container.createChildContainer();
  theirs.register(Billing, { useClass: Billing }, { lifecycle: Lifecycle.Singleton });
  theirs.register('url', { useValue: 'db://' });
  class Asks {
    @Tool() ask(@Inject(Billing) billing: Billing, @Inject('url') url: string) {
      return `${url} ${billing === theirs.resolve(Billing)}`;
    }
  }
  @McpModule({ name: 't', version: '1', handlers: [Asks] })
  class Asking {}
  const app = createApp(Asking, {
    resolve: {
      has: (each) => theirs.isRegistered(each as string),
      get: (each) => theirs.resolve(each as string),
    },
  });
  expect((await app.callTool('ask')).content).toEqual([{ type: 'text', text: 'db:// true' }]);
  await app.close();
});
