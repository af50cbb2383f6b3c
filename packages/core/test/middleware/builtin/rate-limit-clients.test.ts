import type { Call } from '@tenon/core';
import { RateLimit, type RateLimitOptions } from '@tenon/core/middleware';
import { ManualClock } from '@tenon/testing';

const ALGORITHMS = ['token_bucket', 'sliding_window'] as const;

/** Ten requests in ten seconds for each caller, of whom so many are remembered; `ask` says whether one is let through. */
function limitOf(algorithm: NonNullable<RateLimitOptions['algorithm']>, maxClients: number) {
  const clock = new ManualClock();
  let caller = '';
  const per = () => caller;
  const limit = new RateLimit({ maxRequests: 10, windowSeconds: 10, algorithm, maxClients, per }, clock);
  const call = { method: 'tools/call', params: {}, context: {} } as unknown as Call;
  const ask = (name: string, times = 1): boolean => {
    caller = name;
    try {
      for (let time = 0; time < times; time++) void limit.onRequest(call, () => Promise.resolve({}));
      return true;
    } catch {
      return false;
    }
  };
  const flood = (count: number, name: string) => {
    for (let each = 0; each < count; each++) ask(`${name} ${each}`);
  };
  return { clock, limit, ask, flood };
}

describe.each(ALGORITHMS)('%s', (algorithm) => {
  test('who has used up his limit gets no new one by bringing in so many others that some must be forgotten', () => {
    const { clock, limit, ask, flood } = limitOf(algorithm, 50);
    ask('mallory', 10);
    ask('bob', 9);
    for (let round = 0; round < 8; round++) {
      flood(200, `stranger of ${round}`);
      clock.advance(100);
      expect(limit.statistics().clients).toBe(50);
    }
    expect(ask('mallory')).toBe(false);
    expect([ask('bob'), ask('bob')]).toEqual([true, false]);
  });

  test('first those are forgotten who would be let through as at first anyway', () => {
    const { clock, ask, flood, limit } = limitOf(algorithm, 50);
    flood(30, 'early');
    clock.advance(9999);
    flood(20, 'late');
    clock.advance(1);
    flood(30, 'new');
    for (let each = 0; each < 20; each++) expect(ask(`late ${each}`, 10)).toBe(false);
    expect(limit.statistics().clients).toBe(50);
  });

  test('strangers cannot make it grow without end', () => {
    const { flood, limit } = limitOf(algorithm, 50);
    flood(500, 'stranger');
    expect(limit.statistics()).toEqual({ allowed: 500, denied: 0, clients: 50 });
  });

  test('who comes last is counted, however many have used up theirs', () => {
    const { ask, limit } = limitOf(algorithm, 5);
    for (let caller = 0; caller < 20; caller++) expect(ask(`caller ${caller}`, 10)).toBe(true);
    expect(ask('caller 19')).toBe(false);
    expect(limit.statistics().clients).toBe(5);
  });
});
