import {
  AtomicStore,
  storedText,
  type Clock,
  type CompareOptions,
  type ListableStore,
  type SetOptions,
} from '@tenon/core';
import { expiryOf } from './expiry.js';
import { keptValue } from './kept-value.js';
import { namedKey } from './named-key.js';

/** A value as it is kept, and when it is gone, in milliseconds since 1970. */
export interface KeptRecord {
  readonly text: string;
  readonly expires: number | undefined;
}

/** What becomes of a record that was looked at. */
export type Change = 'leave' | 'remove' | { readonly write: KeptRecord };

/** A store that can do one thing to a record: look at it and change it, while nobody else does. */
export abstract class ChangingStore extends AtomicStore implements ListableStore {
  protected readonly clock: Clock;

  constructor(clock: Clock) {
    super();
    this.clock = clock;
  }

  abstract entries(prefix: string): AsyncIterable<readonly [key: string, value: unknown]>;

  /** The records of keys that are not over. */
  protected abstract read(keys: readonly string[]): Promise<readonly (KeptRecord | undefined)[]>;
  /** Does what `step` says of the record there is, maybe asking it again; the record before. */
  protected abstract change(
    key: string,
    step: (record: KeptRecord | undefined) => Change,
  ): Promise<KeptRecord | undefined>;

  /** The value of a record, if there is one. */
  protected value(key: string, record: KeptRecord | undefined): unknown {
    return keptValue(record?.text, { store: this.constructor.name, key });
  }

  async get(key: string): Promise<unknown> {
    return (await this.getMany([key]))[0];
  }

  async getMany(keys: readonly string[]): Promise<readonly unknown[]> {
    const records = await this.read(keys);
    return records.map((record, i) => this.value(keys[i] as string, record));
  }

  async set(key: string, value: unknown, options: SetOptions = {}): Promise<void> {
    const text = storedText(key, value);
    await this.change(key, () => ({ write: { text, expires: expiryOf(options, this.clock) } }));
  }

  async delete(key: string): Promise<boolean> {
    return (await this.change(key, () => 'remove')) !== undefined;
  }

  add(key: string, value: unknown, options?: SetOptions): Promise<boolean> {
    return this.compareAndSet(key, { expected: undefined, value }, options);
  }

  async take(key: string): Promise<unknown> {
    const record = await this.change(key, () => 'remove');
    return this.value(key, record);
  }

  async increment(key: string, by = 1, options: SetOptions = {}): Promise<number> {
    let after = 0;
    await this.change(key, (record) => {
      const before = record ? this.value(key, record) : 0;
      if (typeof before !== 'number') throw new TypeError(`The value under ${namedKey(key)} is no number`);
      after = before + by;
      const expires = record ? record.expires : expiryOf(options, this.clock);
      return { write: { text: storedText(key, after), expires } };
    });
    return after;
  }

  async compareAndSet(
    key: string,
    change: { expected: unknown; value: unknown },
    options: CompareOptions = {},
  ): Promise<boolean> {
    const expected = change.expected === undefined ? undefined : storedText(key, change.expected);
    const text = storedText(key, change.value);
    let same = false;
    await this.change(key, (record) => {
      same = record?.text === expected;
      if (!same) return 'leave';
      const keep = options.keepTtl === true && record !== undefined;
      return { write: { text, expires: keep ? record.expires : expiryOf(options, this.clock) } };
    });
    return same;
  }
}
