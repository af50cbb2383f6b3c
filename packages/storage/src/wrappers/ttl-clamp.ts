import type { CompareOptions, KeyValueStore, SetOptions } from '@tenon/core';
import { WrappedStore } from './wrapped-store.js';

/** Within which bounds a ttl is kept, in milliseconds. */
export interface TtlClampOptions {
  readonly store: KeyValueStore;
  /** The shortest. Default: 0. */
  readonly minMs?: number;
  /** The longest; records without a ttl get it too. */
  readonly maxMs: number;
}

/** Keeps the ttl of every record within bounds, so that nothing stays for ever: `new TtlClamp({ store, maxMs })`. */
export class TtlClamp extends WrappedStore {
  readonly #minMs: number;
  readonly #maxMs: number;

  constructor({ store, minMs = 0, maxMs }: TtlClampOptions) {
    super(store);
    this.#minMs = minMs;
    this.#maxMs = maxMs;
  }

  override set(key: string, value: unknown, options?: SetOptions): Promise<void> {
    return super.set(key, value, this.#clamped(options));
  }

  override add(key: string, value: unknown, options?: SetOptions): Promise<boolean> {
    return super.add(key, value, this.#clamped(options));
  }

  override increment(key: string, by?: number, options?: SetOptions): Promise<number> {
    return super.increment(key, by, this.#clamped(options));
  }

  override compareAndSet(
    key: string,
    change: { expected: unknown; value: unknown },
    options?: CompareOptions,
  ): Promise<boolean> {
    return super.compareAndSet(key, change, this.#clamped(options));
  }

  #clamped<O extends SetOptions>(options: O | undefined): O & { readonly ttlMs: number } {
    const ttlMs = Math.min(Math.max(options?.ttlMs ?? Infinity, this.#minMs), this.#maxMs);
    return { ...(options as O), ttlMs };
  }
}
