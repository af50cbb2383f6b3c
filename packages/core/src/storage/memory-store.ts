import { SystemClock, type Clock } from '../time/clock.js';
import { AtomicStore, type CompareOptions, type ListableStore, type SetOptions } from './store.js';
import { storedText, storedValue } from './stored-text.js';

interface StoredRecord {
  readonly text: string;
  readonly expires: number;
}

/** What a record costs besides its key and its text, about. */
const OVERHEAD = 100;

/** Keeps values in this process, bounded in number and bytes: beyond it the record longest unread makes room. */
export class MemoryStore extends AtomicStore implements ListableStore {
  readonly #clock: Clock;
  readonly #max: number;
  // A Map keeps the order of insertion, so the first key is always the one longest unread.
  readonly #records = new Map<string, StoredRecord>();
  readonly #maxBytes: number;
  #bytes = 0;

  constructor(clock: Clock = new SystemClock(), options: { maxRecords?: number; maxBytes?: number } = {}) {
    super();
    this.#clock = clock;
    this.#max = options.maxRecords ?? 100_000;
    this.#maxBytes = options.maxBytes ?? 256 * 1024 * 1024;
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
    this.#forget(key);
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
    this.#forget(key);
    return Promise.resolve(value);
  }

  increment(key: string, by = 1, options: SetOptions = {}): Promise<number> {
    return settled(() => {
      const record = this.#live(key);
      const before: unknown = record ? storedValue(record.text) : 0;
      if (typeof before !== 'number') throw new TypeError(`The value under "${key}" is no number`);
      this.#write(key, before + by, record?.expires ?? this.#expiry(options));
      return before + by;
    });
  }

  compareAndSet(
    key: string,
    change: { expected: unknown; value: unknown },
    options: CompareOptions = {},
  ): Promise<boolean> {
    return settled(() => {
      const expected = change.expected === undefined ? undefined : storedText(key, change.expected);
      const record = this.#live(key);
      if (record?.text !== expected) return false;
      this.#write(key, change.value, options.keepTtl && record ? record.expires : this.#expiry(options));
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
    this.#forget(key);
    return undefined;
  }

  #forget(key: string): void {
    const record = this.#records.get(key);
    if (record && this.#records.delete(key)) this.#bytes -= sizeOf(key, record);
  }

  #read(key: string): unknown {
    const record = this.#live(key);
    if (!record) return undefined;
    this.#records.delete(key);
    this.#records.set(key, record);
    // Kept as text, so that nobody who reads a value can change it for the next reader.
    return storedValue(record.text);
  }

  #write(key: string, value: unknown, expires: number): void {
    const record = { text: storedText(key, value), expires };
    this.#forget(key);
    this.#records.set(key, record);
    this.#bytes += sizeOf(key, record);
    // To ask a map for its first key is to walk past those that were deleted before it.
    if (this.#fits()) return;
    for (const oldest of this.#records.keys()) {
      // The newest stays, however large it is.
      if (this.#fits() || oldest === key) break;
      this.#forget(oldest);
    }
  }

  #fits(): boolean {
    return this.#records.size <= this.#max && this.#bytes <= this.#maxBytes;
  }
}

function sizeOf(key: string, { text }: StoredRecord): number {
  return key.length + text.length + OVERHEAD;
}

async function settled<T>(step: () => T): Promise<T> {
  return Promise.resolve(step());
}
