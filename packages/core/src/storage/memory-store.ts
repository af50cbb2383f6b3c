import type { Clock } from '../time/clock.js';
import { AtomicStore, type ListableStore, type SetOptions } from './store.js';

interface StoredRecord {
  readonly json: string;
  readonly expires: number;
}

/** Keeps values in this process, bounded in number: beyond it the record longest unread makes room. */
export class MemoryStore extends AtomicStore implements ListableStore {
  readonly #clock: Clock;
  readonly #max: number;
  // A Map keeps the order of insertion, so the first key is always the one longest unread.
  readonly #records = new Map<string, StoredRecord>();

  constructor(clock: Clock, options: { maxRecords?: number } = {}) {
    super();
    this.#clock = clock;
    this.#max = options.maxRecords ?? 100_000;
  }

  get(key: string): Promise<unknown> {
    return Promise.resolve(this.#read(key));
  }

  getMany(keys: readonly string[]): Promise<readonly unknown[]> {
    return Promise.resolve(keys.map((key) => this.#read(key)));
  }

  set(key: string, value: unknown, options: SetOptions = {}): Promise<void> {
    return settled(() => {
      this.#write(key, value, this.#expiry(options));
    });
  }

  delete(key: string): Promise<boolean> {
    const live = this.#live(key) !== undefined;
    this.#records.delete(key);
    return Promise.resolve(live);
  }

  add(key: string, value: unknown, options: SetOptions = {}): Promise<boolean> {
    return settled(() => {
      if (this.#live(key)) return false;
      this.#write(key, value, this.#expiry(options));
      return true;
    });
  }

  take(key: string): Promise<unknown> {
    const value = this.#read(key);
    this.#records.delete(key);
    return Promise.resolve(value);
  }

  increment(key: string, by = 1, options: SetOptions = {}): Promise<number> {
    return settled(() => {
      const record = this.#live(key);
      const before: unknown = record ? JSON.parse(record.json) : 0;
      if (typeof before !== 'number') throw new TypeError(`The value under "${key}" is no number`);
      this.#write(key, before + by, record?.expires ?? this.#expiry(options));
      return before + by;
    });
  }

  compareAndSet(
    key: string,
    change: { expected: unknown; value: unknown },
    options: SetOptions = {},
  ): Promise<boolean> {
    return settled(() => {
      const expected = change.expected === undefined ? undefined : encode(key, change.expected);
      if (this.#live(key)?.json !== expected) return false;
      this.#write(key, change.value, this.#expiry(options));
      return true;
    });
  }

  async *entries(prefix: string): AsyncIterable<readonly [string, unknown]> {
    for (const key of [...this.#records.keys()]) {
      const value = key.startsWith(prefix) ? await this.get(key) : undefined;
      if (value !== undefined) yield [key, value];
    }
  }

  #expiry(options: SetOptions): number {
    return options.ttlMs === undefined ? Infinity : this.#clock.now() + options.ttlMs;
  }

  #live(key: string): StoredRecord | undefined {
    const record = this.#records.get(key);
    if (!record || record.expires > this.#clock.now()) return record;
    this.#records.delete(key);
    return undefined;
  }

  #read(key: string): unknown {
    const record = this.#live(key);
    if (!record) return undefined;
    this.#records.delete(key);
    this.#records.set(key, record);
    // Kept as text, so that nobody who reads a value can change it for the next reader.
    return JSON.parse(record.json);
  }

  #write(key: string, value: unknown, expires: number): void {
    const json = encode(key, value);
    this.#records.delete(key);
    this.#records.set(key, { json, expires });
    for (const oldest of this.#records.keys()) {
      if (this.#records.size <= this.#max) break;
      this.#records.delete(oldest);
    }
  }
}

function encode(key: string, value: unknown): string {
  const json = JSON.stringify(value) as string | undefined;
  if (json === undefined) throw new TypeError(`The value for "${key}" cannot be stored: it is no JSON`);
  return json;
}

async function settled<T>(step: () => T): Promise<T> {
  return Promise.resolve(step());
}
