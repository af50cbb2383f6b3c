import {
  AtomicStore,
  FrameworkError,
  storedText,
  SystemClock,
  type Clock,
  type CompareOptions,
  type ListableStore,
  type SetOptions,
} from '@tenon/core';
import { resolve } from 'node:path';
import { expiryOf, isOver } from '../expiry.js';
import { keptValue } from '../kept-value.js';
import { endOf, keyText, plainKey } from '../key-text.js';
import { namedKey } from '../named-key.js';
import { Opened } from '../opened.js';
import { openDatabase } from './open-database.js';
import { RecordTable, type SqlRecord } from './record-table.js';
import type { SqlDatabase } from './sql-database.js';
import { sqliteFault } from './sqlite-fault.js';
import { Sweeping } from '../sweeping.js';

/** Where a SqliteStore keeps its records: in a file, or in a database that is open already and stays so. */
export type SqliteOptions = { readonly clock?: Clock } & (
  | {
      /** A file; made when the store is opened, with better-sqlite3, libsql or, from Node 22.13, node:sqlite. */
      readonly path: string;
    }
  | {
      /** One of better-sqlite3, libsql or node:sqlite, which you close. */
      readonly database: SqlDatabase;
    }
);

interface OpenTable {
  readonly table: RecordTable;
  readonly sweeping: Sweeping;
  close(): void;
}

/**
 * Keeps records in a table of a SQLite database; several processes of one machine may share the file.
 *
 * A call is one statement that runs at once, so its price is paid by everything else in the process.
 */
export class SqliteStore extends AtomicStore implements ListableStore {
  readonly #options: SqliteOptions;
  readonly #name: string;
  readonly #clock: Clock;
  readonly #opened: Opened<OpenTable>;

  constructor(options: SqliteOptions) {
    super();
    this.#options = options;
    this.#name = `SqliteStore({ ${'path' in options ? `path: ${JSON.stringify(options.path)}` : 'database'} })`;
    this.#clock = options.clock ?? new SystemClock();
    this.#opened = new Opened(
      () => this.#open(),
      async (open) => {
        await open.sweeping.stop();
        open.close();
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
    const names = keys.map(keyText);
    const records = await this.#run(keys[0], (table) => table.read(names, this.#clock.now()));
    const texts = new Map(records.map(({ key, text }) => [key, text]));
    return names.map((name, i) => this.#value(keys[i] as string, texts.get(name)));
  }

  async set(key: string, value: unknown, options: SetOptions = {}): Promise<void> {
    const record = this.#record(key, value, options);
    await this.#run(key, (table) => {
      table.put(record());
    });
  }

  async delete(key: string): Promise<boolean> {
    return (await this.#remove(key)) !== undefined;
  }

  async add(key: string, value: unknown, options: SetOptions = {}): Promise<boolean> {
    const record = this.#record(key, value, options);
    return this.#run(key, (table) => table.add(record(), this.#clock.now()));
  }

  async take(key: string): Promise<unknown> {
    return this.#value(key, await this.#remove(key));
  }

  async increment(key: string, by = 1, options: SetOptions = {}): Promise<number> {
    return this.#run(key, (table) =>
      table.transaction(() => {
        const [record] = table.read([keyText(key)], this.#clock.now());
        const before = record ? this.#value(key, record.text) : 0;
        if (typeof before !== 'number') throw new TypeError(`The value under ${namedKey(key)} is no number`);
        const after = this.#record(key, before + by, options)();
        table.put(record ? { ...after, expires: record.expires } : after);
        return before + by;
      }),
    );
  }

  async compareAndSet(
    key: string,
    change: { expected: unknown; value: unknown },
    options: CompareOptions = {},
  ): Promise<boolean> {
    const record = this.#record(key, change.value, options);
    if (change.expected === undefined)
      return this.#run(key, (table) => table.add(record(), this.#clock.now()));
    const expected = storedText(key, change.expected);
    const keepExpires = options.keepTtl === true;
    return this.#run(key, (table) => table.swap({ ...record(), expected, keepExpires }, this.#clock.now()));
  }

  async *entries(prefix: string): AsyncIterable<readonly [string, unknown]> {
    const to = endOf(prefix);
    for (let from = keyText(prefix); ;) {
      const page = await this.#run(prefix, (table) => table.page({ from, to }, this.#clock.now()));
      for (const { key: name, text } of page) {
        const key = plainKey(name);
        const value = this.#value(key, text);
        if (value !== undefined) yield [key, value];
      }
      const last = page.at(-1);
      if (!last) return;
      // The next text a key could have: no character of one comes before the space.
      from = `${last.key} `;
    }
  }

  #value(key: string, text: string | undefined): unknown {
    return keptValue(text, { store: this.#name, key });
  }

  /** What will be written of a value, which is read now; its end counts from when it is written. */
  #record(key: string, value: unknown, options: SetOptions): () => SqlRecord {
    const text = storedText(key, value);
    return () => ({ key: keyText(key), text, expires: expiryOf(options, this.#clock) ?? null });
  }

  /** Takes a record away; its text, if it was there. */
  async #remove(key: string): Promise<string | undefined> {
    const record = await this.#run(key, (table) => table.remove(keyText(key)));
    return record && !isOver(record.expires ?? undefined, this.#clock) ? record.text : undefined;
  }

  async #run<T>(key: string | undefined, step: (table: RecordTable) => T): Promise<T> {
    const { table } = await this.#opened.get();
    try {
      return step(table);
    } catch (error) {
      throw sqliteFault({ store: this.#name, ...(key !== undefined && { key }) }, error);
    }
  }

  async #open(): Promise<OpenTable> {
    const options = this.#options;
    try {
      const database = 'path' in options ? await openDatabase(placeOf(options.path)) : options.database;
      const table = tableOf(database, 'path' in options);
      const sweep = (): void => {
        table.sweep(this.#clock.now());
      };
      return {
        table,
        sweeping: new Sweeping(this.#clock, { place: this.#name, sweep }),
        close: () => 'path' in options && database.close(),
      };
    } catch (cause) {
      if (FrameworkError.is(cause)) throw cause;
      throw new FrameworkError(
        'ERR_STORAGE_OPEN',
        {
          store: this.#name,
          reason: cause instanceof Error ? cause.message : String(cause),
          cure: 'Give it a file that the server may make and write, and that is a SQLite database if it is there.',
        },
        { cause },
      );
    }
  }
}

function placeOf(path: string): string {
  return path === ':memory:' ? path : resolve(path);
}

function tableOf(database: SqlDatabase, own: boolean): RecordTable {
  try {
    return new RecordTable(database);
  } catch (error) {
    if (own) database.close();
    throw error;
  }
}
