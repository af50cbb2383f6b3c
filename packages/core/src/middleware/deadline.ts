import type { CallContext } from '../context/call-context.js';
import type { TimerWheel } from '../time/timer-wheel.js';

/** So long something may take, and what is thrown in its place once that is over. */
export interface Deadline {
  readonly timeoutMs: number;
  readonly wheel: TimerWheel;
  /** The error of that text. */
  readonly late: (text: string) => Error;
}

/**
 * Runs what answers a message, but waits no longer than its deadline: `what` names it in the text of the error.
 *
 * The message's signal then tells it so, and its scope stays open until it has heeded.
 */
export function withinTime<T>(
  { context, what }: { readonly context: CallContext; readonly what: string },
  { timeoutMs, wheel, late }: Deadline,
  run: () => T | Promise<T>,
): T | Promise<T> {
  const abort = context.limit();
  const running = run();
  if (!(running instanceof Promise)) return running;
  return new Promise((resolve, reject) => {
    const inTime = wheel.after(timeoutMs, () => {
      const text = `${what} took longer than ${timeoutMs} ms`;
      context.logger.warn(text);
      context.outlive(running);
      abort(new DOMException(text, 'TimeoutError'));
      reject(late(text));
    });
    running.then(resolve, reject).finally(inTime);
  });
}
