import { SystemClock, type Clock } from '@tenon/core';
import { resolve } from 'node:path';
import { ChangingStore, type Change, type KeptRecord } from '../changing-store.js';
import { endOf, keyText, plainKey } from '../key-text.js';
import { Opened } from '../opened.js';
import { storeFault } from '../store-fault.js';
import { Sweeping } from '../sweeping.js';
import { Turns } from '../turns.js';
import { openLevel } from './level-database.js';
import { LevelRecords } from './level-records.js';

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
export class LevelStore extends ChangingStore {
  readonly #path: string;
  readonly #turns = new Turns();
  readonly #opened: Opened<OpenRecords>;

  constructor(options: LevelOptions) {
    super(options.clock ?? new SystemClock());
    this.#path = resolve(options.path);
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

  protected override read(keys: readonly string[]): Promise<readonly (KeptRecord | undefined)[]> {
    return this.#on(keys[0], (records) => records.read(keys));
  }

  protected override change(
    key: string,
    step: (record: KeptRecord | undefined) => Change,
  ): Promise<KeptRecord | undefined> {
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

  override async *entries(prefix: string): AsyncIterable<readonly [string, unknown]> {
    const { records } = await this.#opened.get();
    for await (const [name, record] of records.between(keyText(prefix), endOf(prefix))) {
      const value = this.value(plainKey(name), record);
      if (value !== undefined) yield [plainKey(name), value];
    }
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
    const records = new LevelRecords(database, this.clock);
    const sweep = (): Promise<void> => this.#sweep(records);
    return {
      records,
      sweeping: new Sweeping(this.clock, { place: this.#name, sweep }),
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
