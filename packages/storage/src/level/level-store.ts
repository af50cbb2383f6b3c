import {
  AtomicStore,
  storedText,
  storedValue,
  SystemClock,
  type Clock,
  type CompareOptions,
  type ListableStore,
  type SetOptions,
} from '@tenon/core';
import { resolve } from 'node:path';
import { expiryOf } from '../expiry.js';
import { endOf, keyText, plainKey } from '../key-text.js';
import { namedKey } from '../named-key.js';
import { Opened } from '../opened.js';
import { storeFault } from '../store-fault.js';
import { Sweeping } from '../sweeping.js';
import { Turns } from '../turns.js';
import { openLevel } from './level-database.js';
import { LevelRecords, type LevelRecord } from './level-records.js';

/** Where a LevelStore keeps its records. */
export interface LevelOptions {
  /** A folder of its own; made when the store is opened. */
  readonly path: string;
  readonly clock?: Clock;
}

interface OpenRecords {
  readonly records: LevelRecords;
  readonly sweeping: Sweeping;
  close(): Promise<void>;
}

/**
 * Keeps records in a folder of LevelDB, which belongs to one process: the quickest that outlives it.
 *
 * It stands where RocksDB would. A folder that another process holds is told when the store is opened.
 */
export class LevelStore extends AtomicStore implements ListableStore {
  readonly #path: string;
  readonly #clock: Clock;
  readonly #turns = new Turns();
  readonly #opened: Opened<OpenRecords>;

  constructor(options: LevelOptions) {
    super();
    this.#path = resolve(options.path);
    this.#clock = options.clock ?? new SystemClock();
    this.#opened = new Opened(
      () => this.#open(),
      async (open) => {
        await open.sweeping.stop();
        await this.#turns.done();
        await open.close();
      },
    );
  }

  override open(): Promise<void> {
    return this.#opened.open();
  }

  override close(): Promise<void> {
    return this.#opened.close();
  }

  async get(key: string): Promise<unknown> {
    return (await this.getMany([key]))[0];
  }

  async getMany(keys: readonly string[]): Promise<readonly unknown[]> {
    const records = await this.#on(keys[0], (open) => open.read(keys));
    return records.map((record) => record && storedValue(record.text));
  }

  async set(key: string, value: unknown, options: SetOptions = {}): Promise<void> {
    const text = storedText(key, value);
    await this.#change(key, () => ({ write: { text, expires: expiryOf(options, this.#clock) } }));
  }

  async delete(key: string): Promise<boolean> {
    return (await this.#change(key, () => 'remove')) !== undefined;
  }

  async add(key: string, value: unknown, options: SetOptions = {}): Promise<boolean> {
    return this.compareAndSet(key, { expected: undefined, value }, options);
  }

  async take(key: string): Promise<unknown> {
    const record = await this.#change(key, () => 'remove');
    return record && storedValue(record.text);
  }

  async increment(key: string, by = 1, options: SetOptions = {}): Promise<number> {
    let after = 0;
    await this.#change(key, (record) => {
      const before: unknown = record ? storedValue(record.text) : 0;
      if (typeof before !== 'number') throw new TypeError(`The value under ${namedKey(key)} is no number`);
      after = before + by;
      const expires = record ? record.expires : expiryOf(options, this.#clock);
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
    await this.#change(key, (record) => {
      same = record?.text === expected;
      if (!same) return 'leave';
      const keep = options.keepTtl === true && record !== undefined;
      return { write: { text, expires: keep ? record.expires : expiryOf(options, this.#clock) } };
    });
    return same;
  }

  async *entries(prefix: string): AsyncIterable<readonly [string, unknown]> {
    const { records } = await this.#opened.get();
    for await (const [name, { text }] of records.between(keyText(prefix), endOf(prefix)))
      yield [plainKey(name), storedValue(text)];
  }

  /** Does what `step` says of the record there is, while nobody else changes it; the record before. */
  #change(
    key: string,
    step: (record: LevelRecord | undefined) => 'leave' | 'remove' | { readonly write: LevelRecord },
  ): Promise<LevelRecord | undefined> {
    return this.#turns.run(key, () =>
      this.#on(key, async (records) => {
        const [record] = await records.read([key]);
        const what = step(record);
        if (what === 'remove') await records.remove(key);
        else if (what !== 'leave') await records.write(key, what.write);
        return record;
      }),
    );
  }

  async #on<T>(key: string | undefined, step: (records: LevelRecords) => Promise<T>): Promise<T> {
    const { records } = await this.#opened.get();
    try {
      return await step(records);
    } catch (error) {
      if (!isOfLevel(error)) throw error;
      throw storeFault(
        'STORAGE_UNREACHABLE',
        { store: this.#name, ...(key !== undefined && { key }) },
        error,
      );
    }
  }

  get #name(): string {
    return `LevelStore({ path: ${JSON.stringify(this.#path)} })`;
  }

  async #open(): Promise<OpenRecords> {
    const database = await openLevel(this.#path);
    const records = new LevelRecords(database, this.#clock);
    const sweep = (): Promise<void> => this.#sweep(records);
    return {
      records,
      sweeping: new Sweeping(this.#clock, { place: this.#name, sweep }),
      close: () => database.close(),
    };
  }

  async #sweep(records: LevelRecords): Promise<void> {
    for await (const name of records.over()) {
      const key = plainKey(name);
      // Somebody may have set it anew since.
      await this.#turns.run(key, async () => {
        const [again] = await records.read([key]);
        if (!again) await records.remove(key);
      });
    }
  }
}

function isOfLevel(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' && code.startsWith('LEVEL_');
}
