/** How long a record is kept. */
export interface SetOptions {
  /** Milliseconds until the record is gone; kept until deleted when absent. */
  readonly ttlMs?: number;
}

/** How long a record is kept whose value is compared first. */
export interface CompareOptions extends SetOptions {
  /** Leaves the end of the record that is there as it is. */
  readonly keepTtl?: boolean;
}

/** Keeps JSON values, and bytes as a Uint8Array, under string keys. A record past its ttl is not there. */
export abstract class KeyValueStore {
  /** Connects. An app does so with its own store at the start; else a store connects when it is first used. */
  open(): Promise<void> {
    return Promise.resolve();
  }

  /** Lets go of what was opened, once as many have closed as have opened. It may be opened again. */
  close(): Promise<void> {
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  abstract get(key: string): Promise<unknown>;
  /** The values of many keys in one step, `undefined` where there is none. */
  abstract getMany(keys: readonly string[]): Promise<readonly unknown[]>;
  abstract set(key: string, value: unknown, options?: SetOptions): Promise<void>;
  /** Whether there was something to delete. */
  abstract delete(key: string): Promise<boolean>;
}

/** A store whose single steps cannot be divided, whoever else is at work on the same key. */
export abstract class AtomicStore extends KeyValueStore {
  /** Sets the value only where there is none; whether it did. */
  abstract add(key: string, value: unknown, options?: SetOptions): Promise<boolean>;
  /** Gives the value and deletes it: of many takers one gets it. */
  abstract take(key: string): Promise<unknown>;
  /** Adds to a whole number, which begins at 0 with the ttl given; its new value. */
  abstract increment(key: string, by?: number, options?: SetOptions): Promise<number>;
  /** Sets the value only where it still equals `expected` (`undefined`: where there is none); whether it did. */
  abstract compareAndSet(
    key: string,
    change: { expected: unknown; value: unknown },
    options?: CompareOptions,
  ): Promise<boolean>;
}

/** Whether a store has single steps that cannot be divided. */
export function isAtomic(store: KeyValueStore): store is AtomicStore {
  const steps = ['add', 'take', 'increment', 'compareAndSet'] as const;
  return steps.every((step) => typeof (store as Partial<AtomicStore>)[step] === 'function');
}

/** Whether a store can tell what it holds. */
export function isListable<S extends KeyValueStore>(store: S): store is S & ListableStore {
  return typeof (store as Partial<ListableStore>).entries === 'function';
}

/** A store that can tell what it holds. */
export interface ListableStore {
  /** The records whose keys begin with `prefix`. */
  entries(prefix: string): AsyncIterable<readonly [key: string, value: unknown]>;
}
