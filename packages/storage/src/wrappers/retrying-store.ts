import { SystemClock, Unavailable, type Clock, type KeyValueStore, type SetOptions } from '@tenon/core';
import { WrappedStore } from './wrapped-store.js';

/** How often a step is tried. */
export interface RetryOptions {
  readonly store: KeyValueStore;
  /** Default: 3. */
  readonly attempts?: number;
  /** Milliseconds before the second attempt; twice as many before each one after. Default: 100. */
  readonly delayMs?: number;
  readonly clock?: Clock;
}

/**
 * Tries again where a store was unavailable: `new RetryingStore({ store })`.
 *
 * Only steps that may be done twice: get, getMany, set and delete. Of an increment whose answer was lost nobody knows whether it
 * was done, so that add, take, increment and compareAndSet are tried once.
 */
export class RetryingStore extends WrappedStore {
  readonly #attempts: number;
  readonly #delayMs: number;
  readonly #clock: Clock;

  constructor({ store, attempts = 3, delayMs = 100, clock = new SystemClock() }: RetryOptions) {
    super(store);
    this.#attempts = attempts;
    this.#delayMs = delayMs;
    this.#clock = clock;
  }

  override get(key: string): Promise<unknown> {
    return this.#again(() => super.get(key));
  }

  override getMany(keys: readonly string[]): Promise<readonly unknown[]> {
    return this.#again(() => super.getMany(keys));
  }

  override set(key: string, value: unknown, options?: SetOptions): Promise<void> {
    return this.#again(() => super.set(key, value, options));
  }

  override delete(key: string): Promise<boolean> {
    return this.#again(() => super.delete(key));
  }

  async #again<T>(step: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await step();
      } catch (error) {
        if (attempt >= this.#attempts || !Unavailable.is(error)) throw error;
        const ms = this.#delayMs * 2 ** (attempt - 1);
        await new Promise<void>((resolve) => this.#clock.setTimer(ms, resolve));
      }
    }
  }
}
