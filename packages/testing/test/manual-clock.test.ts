import { ManualClock } from '@tenon/testing';

test('a clock that is set tells another time of day; no time passes by that, and no timer is due', () => {
  const clock = new ManualClock(1000);
  const ran = jest.fn();
  clock.setTimer(50, ran);
  clock.set(3_600_000);
  expect([clock.now(), clock.elapsed(), ran.mock.calls.length]).toEqual([3_601_000, 1000, 0]);
  clock.set(-7_200_000);
  clock.advance(49);
  expect([clock.now(), ran.mock.calls.length]).toEqual([-3_598_951, 0]);
  clock.advance(1);
  expect(ran).toHaveBeenCalledTimes(1);
});
