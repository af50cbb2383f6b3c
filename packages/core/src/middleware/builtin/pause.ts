import type { Clock } from '../../time/clock.js';

/** Waits, but no longer than a signal lets it; whether it has waited to the end. */
export function pause(ms: number, clock: Clock, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const cancel = clock.setTimer(ms, () => {
      signal.removeEventListener('abort', abort);
      resolve(true);
    });
    const abort = (): void => {
      cancel();
      resolve(false);
    };
    signal.addEventListener('abort', abort, { once: true });
  });
}
