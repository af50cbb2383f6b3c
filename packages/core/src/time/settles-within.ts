import type { TimerWheel } from './timer-wheel.js';

/** Whether a promise settles in time, well or not. */
export function settlesWithin(promise: Promise<unknown>, ms: number, wheel: TimerWheel): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = wheel.after(ms, () => {
      resolve(false);
    });
    const settled = (): void => {
      cancel();
      resolve(true);
    };
    promise.then(settled, settled);
  });
}
