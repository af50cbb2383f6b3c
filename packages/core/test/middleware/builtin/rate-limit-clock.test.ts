import { MemoryStore, type Call } from '@tenon/core';
import { RateLimit } from '@tenon/core/middleware';
import { ManualClock } from '@tenon/testing';

const ALGORITHMS = ['token_bucket', 'sliding_window'] as const;

/** The hook alone, as the chain calls it: 0 where a request is let through, else how long it has to wait. */
function limitOf(limit: RateLimit) {
  const call = { method: 'tools/call', params: {}, context: { exchange: {} } } as unknown as Call;
  return (): Promise<number> =>
    Promise.resolve()
      .then(() => limit.onRequest(call, () => Promise.resolve({})))
      .then(
        () => 0,
        (error: { data: { retryAfterMs: number } }) => error.data.retryAfterMs,
      );
}

/** What has passed is no whole number of milliseconds, as on a machine. */
class FineClock extends ManualClock {
  override elapsed() {
    return super.elapsed() + 0.5;
  }
}

test.each(ALGORITHMS.flatMap((each) => [-3_600_000, 3_600_000].map((set) => [each, set] as const)))(
  '%s in memory: a clock that is set by %i ms gives nothing away and makes nobody wait',
  async (algorithm, set) => {
    const clock = new FineClock();
    const ask = limitOf(new RateLimit({ maxRequests: 2, windowSeconds: 60, algorithm }, clock));
    await ask();
    await ask();
    clock.advance(10_000);
    clock.set(set);
    const wait = await ask();
    expect(wait).toBe(algorithm === 'token_bucket' ? 20_000 : 50_000);
    clock.advance(wait - 1);
    expect(await ask()).toBe(1);
    clock.advance(1);
    expect(await ask()).toBe(0);
  },
);

test.each(ALGORITHMS)(
  '%s of processes whose clocks disagree: who is told to wait is let through then',
  async (algorithm) => {
    const [fast, slow] = [new FineClock(), new FineClock()];
    fast.set(40_000);
    const shared = { name: 'api', store: new MemoryStore(slow) };
    const [first, second] = [fast, slow].map((clock) =>
      limitOf(new RateLimit({ maxRequests: 1, windowSeconds: 60, algorithm, shared }, clock)),
    ) as [ReturnType<typeof limitOf>, ReturnType<typeof limitOf>];
    expect(await first()).toBe(0);
    const wait = await second();
    slow.advance(wait - 1);
    expect(await second()).toBe(1);
    slow.advance(1);
    expect(await second()).toBe(0);
  },
);
