import { recall } from './recall.js';
import type { RateAlgorithm } from './rate-algorithm.js';

/** The counts of a process that shares them with no other: nothing waits. */
export class MemoryCounts {
  readonly #algorithm: RateAlgorithm;
  readonly #max: number;
  readonly #counts = new Map<string, number[]>();

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
    const known = this.#counts.get(caller);
    const count = known ?? this.#algorithm.begin(now);
    // Who comes again is put behind the others only once it fills up: by the time somebody has to go, all who are active have been.
    if (!known || this.#counts.size * 2 > this.#max)
      recall(this.#counts, { key: caller, value: count, max: this.#max });
    return this.#algorithm.take(count, weight, now);
  }
}
