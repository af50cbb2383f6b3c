import {
  AtomicStore,
  storedText,
  storedValue,
  SystemClock,
  type Clock,
  type CompareOptions,
  type SetOptions,
} from 'tenon';

interface Row {
  readonly text: string;
  /** In milliseconds since 1970; Infinity if it stays. */
  readonly expires: number;
}

/** What is there already, and can only read, write and remove a row. */
export interface Table {
  read(key: string): Promise<Row | undefined>;
  write(key: string, row: Row): Promise<void>;
  remove(key: string): Promise<void>;
}

/**
 * A store of one's own, over a table that knows no single steps: here they are made one by one, in a queue.
 *
 * That is enough while one process uses the table. For several, the table has to compare and set by itself.
 */
export class QueuedStore extends AtomicStore {
  readonly #table: Table;
  readonly #clock: Clock;
  #last: Promise<unknown> = Promise.resolve();

  constructor(table: Table, clock: Clock = new SystemClock()) {
    super();
    this.#table = table;
    this.#clock = clock;
  }

  async get(key: string): Promise<unknown> {
    const row = await this.#read(key);
    return row && storedValue(row.text);
  }

  getMany(keys: readonly string[]): Promise<readonly unknown[]> {
    return Promise.all(keys.map((key) => this.get(key)));
  }

  async set(key: string, value: unknown, options: SetOptions = {}): Promise<void> {
    // Before anything is waited for: the value is what it was when set() was called.
    const text = storedText(key, value);
    await this.#inTurn(() => this.#write(key, text, this.#end(options)));
  }

  delete(key: string): Promise<boolean> {
    return this.#inTurn(async () => (await this.#remove(key)) !== undefined);
  }

  async add(key: string, value: unknown, options: SetOptions = {}): Promise<boolean> {
    return this.compareAndSet(key, { expected: undefined, value }, options);
  }

  async take(key: string): Promise<unknown> {
    const row = await this.#inTurn(() => this.#remove(key));
    return row && storedValue(row.text);
  }

  increment(key: string, by = 1, options: SetOptions = {}): Promise<number> {
    return this.#inTurn(async () => {
      const row = await this.#read(key);
      const before: unknown = row ? storedValue(row.text) : 0;
      if (typeof before !== 'number') throw new TypeError(`The value under ${key} is no number`);
      await this.#write(key, storedText(key, before + by), row ? row.expires : this.#end(options));
      return before + by;
    });
  }

  async compareAndSet(
    key: string,
    change: { expected: unknown; value: unknown },
    options: CompareOptions = {},
  ): Promise<boolean> {
    const expected = change.expected === undefined ? undefined : storedText(key, change.expected);
    const text = storedText(key, change.value);
    return this.#inTurn(async () => {
      const row = await this.#read(key);
      if (row?.text !== expected) return false;
      await this.#write(key, text, options.keepTtl && row ? row.expires : this.#end(options));
      return true;
    });
  }

  /** Runs a step after all that were asked for before. */
  #inTurn<T>(step: () => Promise<T>): Promise<T> {
    const running = this.#last.then(step);
    this.#last = running.catch(() => undefined);
    return running;
  }

  #end({ ttlMs }: SetOptions): number {
    return ttlMs === undefined ? Infinity : this.#clock.now() + ttlMs;
  }

  async #read(key: string): Promise<Row | undefined> {
    const row = await this.#table.read(key);
    return row && row.expires > this.#clock.now() ? row : undefined;
  }

  async #write(key: string, text: string, expires: number): Promise<void> {
    await this.#table.write(key, { text, expires });
  }

  async #remove(key: string): Promise<Row | undefined> {
    const row = await this.#read(key);
    if (row) await this.#table.remove(key);
    return row;
  }
}
