import type { RateAlgorithm } from './rate-algorithm.js';

/**
 * A bucket that holds so many requests, and is filled at a steady pace.
 *
 * All in whole numbers, so that nothing is lost or won by rounding: a request is worth as many parts as the window has milliseconds,
 * and each millisecond brings as many parts as the window allows requests.
 */
export class TokenBucket implements RateAlgorithm {
  readonly #perRequest: number;
  readonly #perMs: number;
  readonly #capacity: number;
  readonly #full: number;

  constructor(of: { readonly max: number; readonly windowMs: number; readonly burst: number }) {
    this.#perRequest = of.windowMs;
    this.#perMs = of.max;
    this.#capacity = of.burst;
    this.#full = of.burst * of.windowMs;
  }

  begin(now: number): number[] {
    return [this.#full, now];
  }

  take(count: number[], weight: number, now: number): number {
    const [, at = now] = count;
    const filled = this.#filled(count, now);
    const needed = Math.min(weight, this.#capacity) * this.#perRequest;
    // Whoever has counted last may be ahead in time: nothing is filled before his time has come.
    if (filled < needed) return Math.max(0, at - now) + Math.ceil((needed - filled) / this.#perMs);
    count[0] = filled - needed;
    count[1] = Math.max(now, at);
    return 0;
  }

  restsAt([level = this.#full, at = 0]: readonly number[]): number {
    return at + Math.ceil((this.#full - level) / this.#perMs);
  }

  lent(count: readonly number[], now: number): number {
    return this.#full - this.#filled(count, now);
  }

  #filled([level = this.#full, at = 0]: readonly number[], now: number): number {
    return Math.min(this.#full, level + Math.max(0, now - at) * this.#perMs);
  }
}
