import type { RateAlgorithm } from './rate-algorithm.js';

/** Of how many callers' counts one is sought that can be forgotten at the least cost: all are looked at once for so many of them. */
const SHARE = 8;

interface Count {
  readonly caller: string;
  readonly count: number[];
  /** What it was lent when it was looked at. */
  readonly lent: number;
}

/**
 * The counts of a process that shares them with no other: nothing waits.
 *
 * Where there are too many, that one makes room which says the least: those of callers who have used up their limit outlast any
 * number of others, so that nobody begins anew by bringing them in.
 */
export class MemoryCounts {
  readonly #algorithm: RateAlgorithm;
  readonly #max: number;
  readonly #counts = new Map<string, number[]>();
  /** Those that say the least, when all were last looked at; the least of them last. */
  #least: Count[] = [];

  constructor(algorithm: RateAlgorithm, max: number) {
    this.#algorithm = algorithm;
    this.#max = max;
  }

  /** How many callers it remembers. */
  get size(): number {
    return this.#counts.size;
  }

  /** Takes so much out of a caller's count: 0, or after how many milliseconds there will be enough. */
  take(caller: string, weight: number, now: number): number {
    const count = this.#counts.get(caller) ?? this.#begin(caller, now);
    return this.#algorithm.take(count, weight, now);
  }

  #begin(caller: string, now: number): number[] {
    while (this.#counts.size >= this.#max) this.#forgetOne(now);
    const count = this.#algorithm.begin(now);
    this.#counts.set(caller, count);
    return count;
  }

  /** Forgets the next of those that said the least, if it still says no more: its caller may have asked since. */
  #forgetOne(now: number): void {
    if (this.#least.length === 0) this.#least = this.#lookAtAll(now);
    const next = this.#least.pop();
    if (!next || this.#counts.get(next.caller) !== next.count) return;
    if (this.#algorithm.lent(next.count, now) <= next.lent) this.#counts.delete(next.caller);
  }

  #lookAtAll(now: number): Count[] {
    const all = [...this.#counts].map(([caller, count]) => ({
      caller,
      count,
      lent: this.#algorithm.lent(count, now),
    }));
    all.sort((a, b) => a.lent - b.lent);
    return all.slice(0, Math.ceil(all.length / SHARE)).reverse();
  }
}
