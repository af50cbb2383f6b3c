import { MemoryStore, type AtomicStore, type Call } from '@tenon/core';
import { RateLimit } from '@tenon/core/middleware';
import { ManualClock } from '@tenon/testing';

const call = { method: 'tools/call', params: {}, context: { exchange: {} } } as unknown as Call;
const ask = (limit: RateLimit) => limit.onRequest(call, () => Promise.resolve({}));
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A store whose steps are told, and happen and end when `travel` has ended. */
function seen(
  store: MemoryStore,
  { steps = [], travel }: { steps?: string[]; travel?: () => Promise<void> },
): AtomicStore {
  const step = async <T>(name: string, run: () => Promise<T>): Promise<T> => {
    steps.push(name);
    await travel?.();
    const result = await run();
    await travel?.();
    return result;
  };
  return {
    get: (key: string) => step('get', () => store.get(key)),
    compareAndSet: (...of: Parameters<MemoryStore['compareAndSet']>) =>
      step('compareAndSet', () => store.compareAndSet(...of)),
  } as unknown as AtomicStore;
}

test('as long as another process counts the same caller, his count is read before it is written', async () => {
  const clock = new ManualClock();
  const store = new MemoryStore(clock);
  const steps: string[] = [];
  const limit = (over: AtomicStore) => new RateLimit({ shared: { name: 'api', store: over } }, clock);
  const [one, other] = [limit(seen(store, { steps })), limit(store)];
  const stepsOf = async () => {
    await ask(one);
    return steps.splice(0);
  };
  expect(await stepsOf()).toEqual(['compareAndSet']);
  await ask(other);
  expect(await stepsOf()).toEqual(['compareAndSet', 'get', 'compareAndSet']);
  await ask(other);
  expect(await stepsOf()).toEqual(['get', 'compareAndSet']);
  clock.advance(1000);
  expect(await stepsOf()).toEqual(['compareAndSet']);
});

test('a process near the store keeps none of those out that are a little farther away', async () => {
  const clock = new ManualClock();
  const store = new MemoryStore(clock);
  let drawn = 1;
  const processes = [{ least: 1, most: 4 }, ...Array.from({ length: 7 }, () => ({ least: 2, most: 6 }))].map(
    ({ least, most }) => {
      const travel = async () => {
        drawn = (drawn * 48_271) % 2_147_483_647;
        for (let turns = least + (drawn % (most - least + 1)); turns > 0; turns--) await turn();
      };
      const over = seen(store, { travel });
      return new RateLimit({ maxRequests: 1_000_000, shared: { name: 'api', store: over } }, clock);
    },
  );
  const allowed = () => Math.min(...processes.map((limit) => limit.statistics().allowed));
  const run = async (limit: RateLimit) => {
    while (allowed() < 20) await ask(limit);
  };
  await Promise.all(processes.map(run));
});
