import { RandomIds, SystemClock } from '@tenon/core';
import { ManualClock } from '@tenon/testing';

test('the clock of the machine tells the time, and forgets a cancelled timer', () => {
  jest.useFakeTimers({ now: 1234 });
  try {
    const clock = new SystemClock();
    const ran: string[] = [];
    clock.setTimer(10, () => ran.push('kept'));
    const cancel = clock.setTimer(10, () => ran.push('cancelled'));
    cancel();
    cancel();
    expect(clock.now()).toBe(1234);
    jest.advanceTimersByTime(10);
    expect(ran).toEqual(['kept']);
  } finally {
    jest.useRealTimers();
  }
});

test('a timer of the machine waits for longer than one of Node.js can, and can be cancelled on the way', () => {
  jest.useFakeTimers({ now: 0 });
  try {
    const clock = new SystemClock();
    const ran: string[] = [];
    const day = 24 * 60 * 60 * 1000;
    clock.setTimer(60 * day, () => ran.push('kept'));
    const cancel = clock.setTimer(60 * day, () => ran.push('cancelled'));
    jest.advanceTimersByTime(60 * day - 1);
    expect(ran).toEqual([]);
    cancel();
    jest.advanceTimersByTime(1);
    expect(ran).toEqual(['kept']);
    expect(jest.getTimerCount()).toBe(0);
  } finally {
    jest.useRealTimers();
  }
});

test('secrets are visible ASCII and never the same, references are short', () => {
  const ids = new RandomIds();
  const secrets = Array.from({ length: 100 }, () => ids.secret());
  expect(new Set(secrets).size).toBe(100);
  for (const secret of secrets) expect(secret).toMatch(/^[\x21-\x7e]{32,}$/);
  expect(ids.reference()).toMatch(/^[0-9a-f]{10}$/);
});

test('a clock moved by hand runs timers in their order, those they set as well', () => {
  const clock = new ManualClock(0);
  const ran: [string, number][] = [];
  clock.setTimer(30, () => ran.push(['c', clock.now()]));
  clock.setTimer(10, () => {
    ran.push(['a', clock.now()]);
    clock.setTimer(10, () => ran.push(['b', clock.now()]));
  });
  clock.advance(100);
  expect(ran).toEqual([
    ['a', 10],
    ['b', 20],
    ['c', 30],
  ]);
  expect(clock.now()).toBe(100);
});
