import type { RateAlgorithm } from './rate-algorithm.js';

/** So many entries a count has at most: with a limit above it, what comes close together is one. */
const MAX_ENTRIES = 1000;

/**
 * The requests of the last window, each with its time: never more than the limit in any window, wherever it begins.
 *
 * A count is their sum, then time and weight of each, oldest first. Where the limit is above a thousand, times are rounded up to a
 * thousandth of the window: a request then comes back by that much later, never earlier.
 */
export class SlidingWindow implements RateAlgorithm {
  readonly #max: number;
  readonly #windowMs: number;
  readonly #stepMs: number;

  constructor(of: { readonly max: number; readonly windowMs: number }) {
    this.#max = of.max;
    this.#windowMs = of.windowMs;
    this.#stepMs = of.max > MAX_ENTRIES ? of.windowMs / MAX_ENTRIES : 0;
  }

  begin(): number[] {
    return [0];
  }

  take(count: number[], weight: number, now: number): number {
    this.#forget(count, now);
    const needed = Math.min(weight, this.#max);
    const free = this.#max - (count[0] ?? 0);
    if (free < needed) return this.#wait(count, needed - free, now);
    const last = count.length > 1 ? (count.at(-2) ?? 0) : -Infinity;
    const at = Math.max(last, this.#stepMs > 0 ? Math.ceil(now / this.#stepMs) * this.#stepMs : now);
    if (at === last) count[count.length - 1] = (count.at(-1) ?? 0) + needed;
    else count.push(at, needed);
    count[0] = (count[0] ?? 0) + needed;
    return 0;
  }

  restsAt(count: readonly number[]): number {
    return count.length > 1 ? (count.at(-2) ?? 0) + this.#windowMs : 0;
  }

  /** Requests, times how long it is until the last of them would have come back. */
  lent(count: number[], now: number): number {
    this.#forget(count, now);
    return (count[0] ?? 0) * Math.max(0, this.restsAt(count) - now);
  }

  #forget(count: number[], now: number): void {
    let gone = 1;
    let sum = count[0] ?? 0;
    for (; gone < count.length && (count[gone] ?? 0) + this.#windowMs <= now; gone += 2)
      sum -= count[gone + 1] ?? 0;
    if (gone === 1) return;
    count.splice(1, gone - 1);
    count[0] = sum;
  }

  /** Until enough of the oldest have left the window. */
  #wait(count: readonly number[], lacking: number, now: number): number {
    let left = lacking;
    for (let place = 1; place < count.length; place += 2) {
      left -= count[place + 1] ?? 0;
      if (left <= 0) return Math.ceil((count[place] ?? 0) + this.#windowMs - now);
    }
    return Math.ceil(this.#windowMs);
  }
}
