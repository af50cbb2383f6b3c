import fc from 'fast-check';

// The same cases each time: a check before landing must not depend on luck.
fc.configureGlobal({ seed: 20_261_124 });
import { TimerWheel } from '@tenon/core';
import { ManualClock } from '@tenon/testing';

test('a deadline runs once, not before its time, and late by at most one tick', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 10_000 }),
      fc.integer({ min: 1, max: 100 }),
      fc.array(fc.record({ wait: fc.integer({ min: 0, max: 200 }), ms: fc.integer({ min: 0, max: 2000 }) }), {
        maxLength: 20,
      }),
      (start, tick, deadlines) => {
        const clock = new ManualClock(start);
        const wheel = new TimerWheel(clock, tick);
        const due: number[] = [];
        const ran: number[] = [];
        for (const { wait, ms } of deadlines) {
          clock.advance(wait);
          due.push(clock.now() + ms);
          const index = due.length - 1;
          wheel.after(ms, () => {
            expect(ran[index]).toBeUndefined();
            ran[index] = clock.now();
          });
        }
        clock.advance(5000);
        due.forEach((at, index) => {
          expect(ran[index]).toBeGreaterThanOrEqual(at);
          expect(ran[index]).toBeLessThanOrEqual(at + tick);
        });
        expect(wheel.size).toBe(0);
        expect(clock.waiting).toBe(0);
      },
    ),
  );
});

test('a cancelled deadline never runs, and a second cancel does nothing', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          ms: fc.integer({ min: 0, max: 500 }),
          cancelAt: fc.option(fc.integer({ min: 0, max: 600 })),
        }),
      ),
      (deadlines) => {
        const clock = new ManualClock();
        const wheel = new TimerWheel(clock, 10);
        const ran = new Set<number>();
        const cancels = deadlines.map(({ ms }, index) => wheel.after(ms, () => ran.add(index)));
        for (let now = 0; now <= 700; now++) {
          deadlines.forEach(({ cancelAt }, index) => {
            if (cancelAt !== now) return;
            cancels[index]?.();
            cancels[index]?.();
          });
          clock.advance(1);
        }
        deadlines.forEach(({ ms, cancelAt }, index) => {
          if (cancelAt === null || cancelAt > ms + 20) expect(ran.has(index)).toBe(true);
          if (cancelAt !== null && cancelAt <= ms) expect(ran.has(index)).toBe(false);
        });
        expect(wheel.size).toBe(0);
      },
    ),
    { numRuns: 30 },
  );
});

test('there is one timer for all deadlines, and none without them', () => {
  const clock = new ManualClock();
  const wheel = new TimerWheel(clock);
  const cancels = [1, 100, 1000].map((ms) => wheel.after(ms, () => undefined));
  expect(clock.waiting).toBe(1);
  expect(wheel.size).toBe(3);
  for (const cancel of cancels) cancel();
  expect(clock.waiting).toBe(0);
  wheel.after(10, () => undefined);
  wheel.clear();
  expect([clock.waiting, wheel.size]).toEqual([0, 0]);
});

test('after a long sleep everything due runs in the order of its time', () => {
  const clock = new ManualClock();
  const ran: number[] = [];
  let woken = (): void => undefined;
  const sleeper = {
    now: () => clock.now(),
    elapsed: () => clock.elapsed(),
    setTimer: (_ms: number, run: () => void) => ((woken = run), () => undefined),
  };
  const sleeping = new TimerWheel(sleeper, 10);
  for (const ms of [500, 20, 300]) sleeping.after(ms, () => ran.push(ms));
  clock.advance(3_600_000);
  woken();
  expect(ran).toEqual([20, 300, 500]);
  expect(sleeping.size).toBe(0);
});

test.each([-3_600_000, 3_600_000])('a clock that is set by %i ms moves no deadline', (set) => {
  const clock = new ManualClock();
  const wheel = new TimerWheel(clock, 10);
  let ran = 0;
  wheel.after(1000, () => ran++);
  clock.advance(500);
  clock.set(set);
  clock.advance(490);
  expect(ran).toBe(0);
  clock.advance(20);
  expect(ran).toBe(1);
  expect(clock.waiting).toBe(0);
});

test('a deadline may set the next one', () => {
  const clock = new ManualClock();
  const wheel = new TimerWheel(clock, 10);
  const ran: string[] = [];
  wheel.after(10, () => {
    ran.push('first');
    wheel.after(10, () => ran.push('second'));
  });
  clock.advance(100);
  expect(ran).toEqual(['first', 'second']);
  expect(clock.waiting).toBe(0);
});
