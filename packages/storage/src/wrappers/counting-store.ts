import type { CompareOptions, KeyValueStore, SetOptions } from '@tenon/core';
import { WrappedStore } from './wrapped-store.js';

/** What has been asked of a store so far. */
export interface StoreCounts {
  /** Records that were asked for and there. */
  readonly hits: number;
  /** Records that were asked for and not there. */
  readonly misses: number;
  /** Records that were set, or tried to be. */
  readonly writes: number;
  readonly deletes: number;
  /** Steps that ended in an error. */
  readonly failures: number;
}

/** Counts what is asked of a store: `new CountingStore({ store })`, and then its `counts()`. */
export class CountingStore extends WrappedStore {
  readonly #counts = { hits: 0, misses: 0, writes: 0, deletes: 0, failures: 0 };

  constructor({ store }: { readonly store: KeyValueStore }) {
    super(store);
  }

  /** The counts since the store was made. */
  counts(): StoreCounts {
    return { ...this.#counts };
  }

  override async get(key: string): Promise<unknown> {
    return this.#found(await this.#step(super.get(key)));
  }

  override async getMany(keys: readonly string[]): Promise<readonly unknown[]> {
    const values = await this.#step(super.getMany(keys));
    for (const value of values) this.#found(value);
    return values;
  }

  override async take(key: string): Promise<unknown> {
    return this.#found(await this.#step(super.take(key)));
  }

  override set(key: string, value: unknown, options?: SetOptions): Promise<void> {
    return this.#write(super.set(key, value, options));
  }

  override add(key: string, value: unknown, options?: SetOptions): Promise<boolean> {
    return this.#write(super.add(key, value, options));
  }

  override increment(key: string, by?: number, options?: SetOptions): Promise<number> {
    return this.#write(super.increment(key, by, options));
  }

  override compareAndSet(
    key: string,
    change: { expected: unknown; value: unknown },
    options?: CompareOptions,
  ): Promise<boolean> {
    return this.#write(super.compareAndSet(key, change, options));
  }

  override delete(key: string): Promise<boolean> {
    this.#counts.deletes++;
    return this.#step(super.delete(key));
  }

  #found(value: unknown): unknown {
    this.#counts[value === undefined ? 'misses' : 'hits']++;
    return value;
  }

  #write<T>(step: Promise<T>): Promise<T> {
    this.#counts.writes++;
    return this.#step(step);
  }

  #step<T>(step: Promise<T>): Promise<T> {
    return step.catch((error: unknown) => {
      this.#counts.failures++;
      throw error;
    });
  }
}
