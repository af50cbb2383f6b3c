import {
  AtomicStore,
  type CompareOptions,
  isAtomic,
  isListable,
  type ListableStore,
  type SetOptions,
} from '@tenon/core';
import type { KeyValueStore } from '@tenon/core';

const ATOMIC = ['add', 'take', 'increment', 'compareAndSet'] as const;

/**
 * A store over another: passes everything on, and can what that one can.
 *
 * What the inner store lacks is lacking here too, so that it is told at the start.
 */
export abstract class WrappedStore extends AtomicStore implements ListableStore {
  protected readonly inner: AtomicStore & ListableStore;

  /** Over a store; without the steps that change a record if the wrapper does not let them pass. */
  constructor(store: KeyValueStore, { steps = true }: { readonly steps?: boolean } = {}) {
    super();
    this.inner = store as AtomicStore & ListableStore;
    const lacking = [...(isAtomic(store) && steps ? [] : ATOMIC), ...(isListable(store) ? [] : ['entries'])];
    for (const step of lacking) Object.defineProperty(this, step, { value: undefined });
  }

  override open(): Promise<void> {
    return this.inner.open();
  }

  override close(): Promise<void> {
    return this.inner.close();
  }

  /** The key under which the innermost store keeps a record of this one. */
  placeOf(key: string): string {
    return placeIn(this.inner, key);
  }

  get(key: string): Promise<unknown> {
    return this.inner.get(key);
  }

  getMany(keys: readonly string[]): Promise<readonly unknown[]> {
    return this.inner.getMany(keys);
  }

  set(key: string, value: unknown, options?: SetOptions): Promise<void> {
    return this.inner.set(key, value, options);
  }

  delete(key: string): Promise<boolean> {
    return this.inner.delete(key);
  }

  add(key: string, value: unknown, options?: SetOptions): Promise<boolean> {
    return this.inner.add(key, value, options);
  }

  take(key: string): Promise<unknown> {
    return this.inner.take(key);
  }

  increment(key: string, by?: number, options?: SetOptions): Promise<number> {
    return this.inner.increment(key, by, options);
  }

  compareAndSet(
    key: string,
    change: { expected: unknown; value: unknown },
    options?: CompareOptions,
  ): Promise<boolean> {
    return this.inner.compareAndSet(key, change, options);
  }

  entries(prefix: string): AsyncIterable<readonly [string, unknown]> {
    return this.inner.entries(prefix);
  }
}

function placeIn(store: KeyValueStore, key: string): string {
  const { placeOf } = store as Partial<WrappedStore>;
  return placeOf ? placeOf.call(store, key) : key;
}
