import {
  createApp,
  Inject,
  KeyValueStore,
  McpModule,
  MemoryStore,
  Principal,
  Tool,
  Unavailable,
  use,
  UseMiddleware,
  type AtomicStore,
  type Call,
  type MiddlewareListing,
} from '@tenon/core';
import { ErrorHandling, RateLimit, SERVER_CODES, type RateLimitOptions } from '@tenon/core/middleware';
import { ManualClock, RecordingLogger } from '@tenon/testing';

const ALGORITHMS = ['token_bucket', 'sliding_window'] as const;

class Tools {
  @Tool() ping() {
    return 'pong';
  }
  @Tool() dear() {
    return 'paid';
  }
}

function create(...middleware: MiddlewareListing[]) {
  @McpModule({ name: 't', version: '1', handlers: [Tools], middleware })
  class Root {}
  const clock = new ManualClock();
  return { clock, app: createApp(Root, { clock, logger: new RecordingLogger() }) };
}

/** The hook alone, as the chain calls it: whether a request is let through, or how long it has to wait. */
function limitOf(limit: RateLimit) {
  const next = () => Promise.resolve({});
  const call = { method: 'tools/call', params: {}, context: { exchange: {} } } as unknown as Call;
  return async (of: Call = call): Promise<number> => {
    try {
      await limit.onRequest(of, next);
      return 0;
    } catch (error) {
      if (Unavailable.is(error)) throw error;
      return (error as { data: { retryAfterMs: number } }).data.retryAfterMs;
    }
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test.each(ALGORITHMS)(
  '%s: what is too much is answered with an error that says when to ask again',
  async (algorithm) => {
    const { app, clock } = create(use(RateLimit, { maxRequests: 2, windowSeconds: 60, algorithm }));
    await app.callTool('ping');
    await app.listTools();
    await expect(app.callTool('ping')).rejects.toMatchObject({
      code: SERVER_CODES.rateLimited,
      message: expect.stringMatching(/^Rate limit exceeded: 2 requests in 60 s\. Try again in \d+ s$/),
      data: { retryAfterMs: algorithm === 'token_bucket' ? 30_000 : 60_000 },
    });
    clock.advance(60_000);
    await app.callTool('ping');
    await app.close();
  },
);

test('a token bucket gives requests back one by one, a sliding window when they have left it', async () => {
  const clock = new ManualClock();
  const bucket = limitOf(new RateLimit({ maxRequests: 2, windowSeconds: 60 }, clock));
  const window = limitOf(
    new RateLimit({ maxRequests: 2, windowSeconds: 60, algorithm: 'sliding_window' }, clock),
  );
  const both = async () => [await bucket(), await window()];
  expect([await both(), await both(), await both()]).toEqual([
    [0, 0],
    [0, 0],
    [30_000, 60_000],
  ]);
  clock.advance(30_000);
  expect([await both(), await both()]).toEqual([
    [0, 30_000],
    [30_000, 30_000],
  ]);
  clock.advance(29_999);
  expect(await both()).toEqual([1, 1]);
  clock.advance(1);
  expect([await both(), await both()]).toEqual([
    [0, 0],
    [30_000, 0],
  ]);
});

test('burst is what a bucket allows at once, beside its pace', async () => {
  const clock = new ManualClock();
  const ask = limitOf(new RateLimit({ maxRequests: 60, windowSeconds: 60, burst: 2 }, clock));
  expect([await ask(), await ask(), await ask()]).toEqual([0, 0, 1000]);
  clock.advance(10_000);
  expect([await ask(), await ask(), await ask()]).toEqual([0, 0, 1000]);
});

test.each(ALGORITHMS)('%s: a denied call costs nothing, however often it comes', async (algorithm) => {
  const clock = new ManualClock();
  const ask = limitOf(new RateLimit({ maxRequests: 1, windowSeconds: 10, algorithm }, clock));
  await ask();
  for (let second = 9; second > 0; second--) {
    clock.advance(1000);
    for (let time = 0; time < 5; time++) expect(await ask()).toBe(second * 1000);
  }
  clock.advance(1000);
  expect(await ask()).toBe(0);
});

describe('10 000 calls at once', () => {
  const max = 700;
  const windowMs = 7000;

  async function run(
    algorithm: (typeof ALGORITHMS)[number],
    limits: readonly RateLimit[],
    clock: ManualClock,
  ) {
    const asks = limits.map(limitOf);
    const began = clock.now();
    const through: number[] = [];
    // A hundred bursts, at times that fit no window.
    for (let burst = 0; burst < 100; burst++) {
      const at = clock.now();
      const waits = await Promise.all(Array.from({ length: 100 }, (_, n) => asks[n % asks.length]?.()));
      through.push(...waits.flatMap((wait) => (wait === 0 ? [at] : [])));
      clock.advance(137);
    }
    return { through, ran: through.length, elapsed: (through.at(-1) ?? 0) - began, algorithm };
  }

  function check({ through, ran, elapsed, algorithm }: Awaited<ReturnType<typeof run>>) {
    if (algorithm === 'token_bucket') {
      expect(ran).toBe(max + Math.floor((elapsed * max) / windowMs));
      return;
    }
    for (const from of through)
      expect(through.filter((at) => at >= from && at < from + windowMs).length).toBeLessThanOrEqual(max);
    // All there is: the limit in every window of the run that has begun.
    expect(ran).toBe(max * Math.ceil((99 * 137) / windowMs));
  }

  test.each(ALGORITHMS)('%s in memory lets through exactly what it promises', async (algorithm) => {
    const clock = new ManualClock();
    const limit = new RateLimit({ maxRequests: max, windowSeconds: windowMs / 1000, algorithm }, clock);
    const result = await run(algorithm, [limit], clock);
    check(result);
    expect(limit.statistics()).toEqual({ allowed: result.ran, denied: 10_000 - result.ran, clients: 1 });
  });

  test.each(ALGORITHMS)('%s of three processes with one store does the same', async (algorithm) => {
    const clock = new ManualClock();
    const store = new MemoryStore(clock);
    const limits = Array.from(
      { length: 3 },
      () =>
        new RateLimit(
          { maxRequests: max, windowSeconds: windowMs / 1000, algorithm, shared: { name: 'api', store } },
          clock,
        ),
    );
    check(await run(algorithm, limits, clock));
  });

  test.each(ALGORITHMS)('%s with a store that takes its time, all in one moment', async (algorithm) => {
    const clock = new ManualClock();
    const store = slow(new MemoryStore(clock));
    const limits = Array.from(
      { length: 4 },
      () =>
        new RateLimit(
          { maxRequests: max, windowSeconds: 7, algorithm, shared: { name: 'api', store } },
          clock,
        ),
    );
    const asks = limits.map(limitOf);
    const waits = await Promise.all(Array.from({ length: 10_000 }, (_, n) => asks[n % 4]?.()));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(max);
  });
});

/** Every step of the store ends in a later turn, as over a network. */
function slow(store: MemoryStore): AtomicStore & { steps: string[] } {
  const steps: string[] = [];
  return new Proxy(store, {
    get(target, name) {
      if (name === 'steps') return steps;
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]) => {
        steps.push(String(name));
        await settled();
        const result: unknown = await (member as (...given: unknown[]) => unknown).apply(target, args);
        await settled();
        return result;
      };
    },
  }) as unknown as AtomicStore & { steps: string[] };
}

test('a limit over a store is one atomic step a call, and none for what is denied', async () => {
  const clock = new ManualClock();
  const store = slow(new MemoryStore(clock));
  const ask = limitOf(
    new RateLimit({ maxRequests: 3, windowSeconds: 60, shared: { name: 'api', store } }, clock),
  );
  for (let call = 0; call < 5; call++) await ask();
  expect(store.steps).toEqual(['compareAndSet', 'compareAndSet', 'compareAndSet']);
});

test('what another process has taken is seen, and a record that has left the store begins anew', async () => {
  const clock = new ManualClock();
  const store = new MemoryStore(clock);
  const shared = { name: 'api', store };
  const [one, two] = [0, 1].map(() =>
    limitOf(new RateLimit({ maxRequests: 2, windowSeconds: 60, shared }, clock)),
  ) as [ReturnType<typeof limitOf>, ReturnType<typeof limitOf>];
  expect([await one(), await two(), await one(), await two()]).toEqual([0, 0, 30_000, 30_000]);
  clock.advance(60_000);
  for await (const entry of store.entries('')) expect(entry).toBeUndefined();
  expect([await two(), await one(), await one()]).toEqual([0, 0, 30_000]);
});

test('the names of callers do not stand in the store', async () => {
  const clock = new ManualClock();
  const store = new MemoryStore(clock);
  await limitOf(new RateLimit({ shared: { name: 'api', store }, per: () => 'alice@example.com' }, clock))();
  const keys = [];
  for await (const [key] of store.entries('')) keys.push(key);
  expect(keys).toEqual([
    expect.stringMatching(/^rate-limit\/api\/token_bucket\/100\/60000\/100\/[\w-]{43}$/),
  ]);
});

test('a store that fails makes the call fail as unavailable, and the next one is tried again', async () => {
  const clock = new ManualClock();
  const store = new MemoryStore(clock);
  const failing = jest.spyOn(store, 'compareAndSet').mockRejectedValueOnce(new Error('gone'));
  const limit = new RateLimit({ shared: { name: 'api', store } }, clock);
  await expect(limitOf(limit)()).rejects.toMatchObject({
    code: 'RATE_LIMIT_STORE',
    cause: expect.objectContaining({ message: 'gone' }),
  });
  expect(await limitOf(limit)()).toBe(0);
  expect(failing).toHaveBeenCalledTimes(2);
});

test("without a store of its own a limit that is shared counts in the app's", async () => {
  const { app, clock } = create(
    use(RateLimit, { maxRequests: 1, windowSeconds: 60, shared: { name: 'api' } }),
  );
  await app.callTool('ping');
  await expect(app.callTool('ping')).rejects.toMatchObject({ code: SERVER_CODES.rateLimited });
  const keys = [];
  for await (const [key] of (app.get(KeyValueStore) as MemoryStore).entries('rate-limit/')) keys.push(key);
  expect(keys).toHaveLength(1);
  clock.advance(60_000);
  await app.callTool('ping');
  await app.close();
});

const alice = new Principal({ issuer: 'i', subject: 'alice', clientId: 'desk' });
const aliceElsewhere = new Principal({ issuer: 'i', subject: 'alice', clientId: 'phone' });
const bob = new Principal({ issuer: 'i', subject: 'bob', clientId: 'desk' });

/** A request as the partitions see it. */
function from(of: { principal?: Principal; sessionId?: string; address?: string }): Call {
  const { principal, sessionId, address } = of;
  const http = address === undefined ? undefined : { headers: {}, address };
  return {
    method: 'tools/call',
    params: {},
    context: { principal, sessionId, exchange: { http } },
  } as unknown as Call;
}

test.each<[RateLimitOptions['per'], Parameters<typeof from>[0][], number]>([
  ['caller', [{ principal: alice }, { principal: alice, sessionId: 's' }], 1],
  ['caller', [{ principal: alice }, { principal: bob }, { principal: aliceElsewhere }], 3],
  ['caller', [{ sessionId: 's' }, { sessionId: 's', address: '::1' }, { sessionId: 't', address: '::1' }], 2],
  ['caller', [{ address: '192.0.2.1' }, { address: '192.0.2.2' }, { address: '::ffff:192.0.2.1' }], 2],
  ['address', [{ address: '2001:db8::1' }, { address: '2001:db8::2' }, { address: '2001:db8:0:1::1' }], 2],
  ['caller', [{}, {}], 1],
  ['subject', [{ principal: alice }, { principal: aliceElsewhere }, { principal: bob }], 2],
  ['client', [{ principal: alice }, { principal: bob }, { principal: aliceElsewhere }], 2],
  ['client', [{ sessionId: 's' }, { sessionId: 't' }], 2],
  ['session', [{ principal: alice, sessionId: 's' }, { principal: bob, sessionId: 's' }, {}], 2],
  [
    'address',
    [
      { sessionId: 's', address: '::1' },
      { sessionId: 't', address: '::1' },
    ],
    1,
  ],
  ['global', [{ principal: alice }, { sessionId: 't' }, {}], 1],
  [() => 'x', [{ principal: alice }, {}], 1],
  [
    async ({ context }) => Promise.resolve(context.sessionId ?? ''),
    [{ sessionId: 's' }, { sessionId: 't' }],
    2,
  ],
  ['caller', [{ sessionId: 'global' }, {}, { address: 'global' }], 3],
])('per %p: %j are %p', async (per, callers, count) => {
  const limit = new RateLimit({ maxRequests: 100, ...(per !== undefined && { per }) }, new ManualClock());
  for (const caller of callers) await limitOf(limit)(from(caller));
  expect(limit.statistics().clients).toBe(count);
});

test('callers do not use up what others have', async () => {
  const { app } = create(use(RateLimit, { maxRequests: 1 }));
  await app.callTool('ping', {}, { principal: alice });
  await expect(app.callTool('ping', {}, { principal: alice })).rejects.toThrow('Rate limit exceeded');
  await app.callTool('ping', {}, { principal: bob });
  await app.close();
});

test.each(ALGORITHMS)(
  '%s: a call may count as several, as none, and never as more than there is',
  async (algorithm) => {
    const weights = new Map([
      ['ping', 0],
      ['dear', 3],
      ['whole', 1000],
    ]);
    const clock = new ManualClock();
    const weight = ({ params }: Call) => weights.get((params as { name: string }).name) ?? 1;
    const limit = new RateLimit({ maxRequests: 4, windowSeconds: 4, algorithm, weight }, clock);
    const ask = (name: string) => limitOf(limit)({ ...from({}), params: { name } });
    for (let call = 0; call < 10; call++) expect(await ask('ping')).toBe(0);
    expect([await ask('dear'), await ask('dear'), await ask('one'), await ask('one')]).toEqual([
      0,
      algorithm === 'token_bucket' ? 2000 : 4000,
      0,
      algorithm === 'token_bucket' ? 1000 : 4000,
    ]);
    clock.advance(4000);
    expect([await ask('whole'), await ask('one')]).toEqual([0, algorithm === 'token_bucket' ? 1000 : 4000]);
  },
);

test.each<[keyof RateLimitOptions, () => unknown]>([
  ['weight', () => 0.5],
  ['weight', () => -1],
  ['weight', () => Promise.resolve(1)],
  ['per', () => undefined],
  ['per', () => Promise.resolve(7)],
])('what %s gives wrongly is told by its name, and is no mistake of the caller', async (name, gives) => {
  const logger = new RecordingLogger();
  const options = { shared: { name: 'api' }, [name]: gives } as RateLimitOptions;
  @McpModule({ name: 't', version: '1', middleware: [ErrorHandling, use(RateLimit, options)] })
  class Root {}
  const app = createApp(Root, { logger });
  await expect(app.listTools()).rejects.toThrow(/^Internal error \(ref/);
  expect(logger.lines.map(({ message }) => message).join()).toContain(`RateLimit: ${name}() gives`);
  await app.close();
});

test('with a high limit a window is kept in a thousand parts, and still never lets through too much', async () => {
  const clock = new ManualClock();
  const store = new MemoryStore(clock);
  const limit = new RateLimit(
    { maxRequests: 5000, windowSeconds: 10, algorithm: 'sliding_window', shared: { name: 'api', store } },
    clock,
  );
  const ask = limitOf(limit);
  const through: number[] = [];
  for (let step = 0; step < 3000; step++) {
    const waits = await Promise.all([ask(), ask(), ask()]);
    through.push(...waits.flatMap((wait) => (wait === 0 ? [clock.now()] : [])));
    clock.advance(3);
  }
  for await (const [, count] of store.entries(''))
    expect((count as number[]).length).toBeLessThanOrEqual(2003);
  const most = through.map((at, n) => through.findLastIndex((other) => other < at + 10_000) - n + 1);
  expect(Math.max(...most)).toBe(5000);
});

test('two limits of one server count apart, on methods too', async () => {
  class Two {
    @UseMiddleware(use(RateLimit, { maxRequests: 1 })) @Tool() one() {
      return '1';
    }
    @UseMiddleware(use(RateLimit, { maxRequests: 1 })) @Tool() two() {
      return '2';
    }
  }
  @McpModule({ name: 't', version: '1', handlers: [Two] })
  class Root {}
  const app = createApp(Root, { logger: new RecordingLogger() });
  await app.callTool('one');
  await app.callTool('two');
  await expect(app.callTool('one')).rejects.toThrow('Rate limit exceeded');
  await app.close();
});

test('a handler can inject it and read what it has done', async () => {
  const limit = use(RateLimit, { maxRequests: 2 });
  class Status {
    constructor(@Inject(limit.token) readonly limit: RateLimit) {}
    @Tool() status() {
      return this.limit.statistics();
    }
  }
  @McpModule({ name: 't', version: '1', handlers: [Status], middleware: [limit] })
  class Root {}
  const app = createApp(Root, { logger: new RecordingLogger() });
  await app.callTool('status');
  const { structuredContent } = await app.callTool('status');
  await expect(app.callTool('status')).rejects.toThrow('Rate limit exceeded');
  expect(structuredContent).toEqual({ allowed: 2, denied: 0, clients: 1 });
  await app.close();
});

test('an instance made by hand can be listed, and the class alone has its defaults', async () => {
  const { app } = create(new RateLimit({ maxRequests: 3, windowSeconds: 60 }), RateLimit);
  for (let call = 0; call < 3; call++) await app.callTool('ping');
  await expect(app.callTool('ping')).rejects.toThrow('Rate limit exceeded: 3 requests in 60 s');
  await app.close();
});

test.each([
  [{ maxRequests: 0 }, 'maxRequests'],
  [{ maxRequests: 1.5 }, 'maxRequests'],
  [{ windowSeconds: 0 }, 'windowSeconds'],
  [{ windowSeconds: Infinity }, 'windowSeconds'],
  [{ algorithm: 'leaky' }, 'algorithm'],
  [{ per: 'country' }, 'per'],
  [{ maxClients: -1 }, 'maxClients'],
  [{ shared: {} }, 'shared'],
  [{ shared: { name: 'api', store: new Map() } }, 'compareAndSet'],
  [{ max_requests: 5 }, 'maxRequests'],
])('%j is told when the app is created, and by hand', (options, name) => {
  expect(() => create(use(RateLimit, options as never))).toThrow(name);
  expect(() => new RateLimit(options as never)).toThrow(name);
});

test('options that do not go together are told', () => {
  expect(() => new RateLimit({ algorithm: 'sliding_window', burst: 5 })).toThrow('burst');
  expect(() => new RateLimit({ shared: { name: 'api' } })).toThrow('store');
});
