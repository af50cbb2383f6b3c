import type { TimerWheel } from '../time/timer-wheel.js';
import type { Dialogue } from './dialogue.js';

/** So long a handler that has asked may take to end, in milliseconds, before its round ends without it. */
const LATE_MS = 1000;

/** The message whose round may end while its handler runs. */
interface Asking {
  readonly dialogue: Dialogue | undefined;
  onRoundEnd(run: (result: Promise<object>) => void): void;
  /** Says that a handler is still at work when its answer leaves. */
  outlive(running: Promise<unknown>): void;
}

/** Waits for a run to end, or for its round: then its finally blocks run first, but not for ever. */
export function untilRound<T>(running: Promise<T>, context: Asking, wheel: TimerWheel): Promise<T | object> {
  return new Promise((resolve, reject) => {
    context.onRoundEnd((result) => {
      const late = wheel.after(LATE_MS, () => {
        context.outlive(running);
        resolve(result);
      });
      running.then(late, late);
    });
    running.then(
      (value) => {
        resolve(context.dialogue?.ended ?? value);
      },
      (error: unknown) => {
        const ended = context.dialogue?.ended;
        if (ended) resolve(ended);
        else reject(error);
      },
    );
  });
}
