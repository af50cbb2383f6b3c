import { Clock, type Cancel } from '@tenon/core';

interface Timer {
  readonly due: number;
  readonly run: () => void;
}

/** A clock that stands still until a test moves it. */
export class ManualClock extends Clock {
  readonly #timers = new Set<Timer>();
  #now: number;
  #set = 0;

  /** Begins at a time, in milliseconds since 1970. */
  constructor(now = 1_700_000_000_000) {
    super();
    this.#now = now;
  }

  /** Timers that wait. */
  get waiting(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#now + this.#set;
  }

  override elapsed(): number {
    return this.#now;
  }

  /** Sets the time of day forward, or back, as an operator does: no time passes by that, and no timer is due. */
  set(ms: number): void {
    this.#set += ms;
  }

  setTimer(ms: number, run: () => void): Cancel {
    const timer = { due: this.#now + ms, run };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }

  /** Lets time pass, running timers when they are due, those they set as well. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#now = Math.max(this.#now, next.due);
      this.#timers.delete(next);
      next.run();
    }
    this.#now = end;
  }

  #next(end: number): Timer | undefined {
    return [...this.#timers].filter((timer) => timer.due <= end).sort((a, b) => a.due - b.due)[0];
  }
}
