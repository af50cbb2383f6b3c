import type { TimerWheel } from '@tenon/core';
import type { EventStream } from './event-stream.js';

/** Says on an open stream ever so often that it is alive, for proxies that end what is quiet. */
export function keepAlive(stream: EventStream, wheel: TimerWheel, everyMs: number): void {
  if (everyMs <= 0) return;
  const beat = (): void => {
    stream.comment('keep-alive');
    stop = wheel.after(everyMs, beat);
  };
  let stop = wheel.after(everyMs, beat);
  stream.onClose(() => {
    stop();
  });
}
