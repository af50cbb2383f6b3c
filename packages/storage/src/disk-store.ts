import {
  AtomicStore,
  storedText,
  storedValue,
  SystemClock,
  type Cancel,
  type Clock,
  type CompareOptions,
  type ListableStore,
  type SetOptions,
} from '@tenon/core';
import { resolve } from 'node:path';
import { RecordFolder } from './disk/record-folder.js';
import { expiryOf } from './expiry.js';
import { Opened } from './opened.js';
import { warnOnce } from './warn-once.js';

/** Where a DiskStore keeps its records. */
export interface DiskOptions {
  /** A folder of its own; made when the store is opened. */
  readonly path: string;
  readonly clock?: Clock;
}

interface OpenFolder {
  readonly folder: RecordFolder;
  stopSweeping: Cancel;
  sweeping: Promise<void>;
}

const SWEEP_MS = 10 * 60_000;
/** So many records are read at once. */
const AT_ONCE = 16;

/**
 * Keeps records on the disk, one file each; several processes of one machine may share a folder.
 *
 * A record is written whole or not at all, whatever happens to the process. Files and folders are for the user that runs the
 * server only, and their names say nothing of the keys.
 */
export class DiskStore extends AtomicStore implements ListableStore {
  readonly #path: string;
  readonly #clock: Clock;
  readonly #opened: Opened<OpenFolder>;

  constructor(options: DiskOptions) {
    super();
    this.#path = resolve(options.path);
    this.#clock = options.clock ?? new SystemClock();
    this.#opened = new Opened(
      () => this.#open(),
      async (open) => {
        open.stopSweeping();
        await open.sweeping;
        await open.folder.close();
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
    const folder = await this.#folder();
    const record = await folder.read(key);
    return record && storedValue(record.text);
  }

  async getMany(keys: readonly string[]): Promise<readonly unknown[]> {
    const values: unknown[] = [];
    for (let i = 0; i < keys.length; i += AT_ONCE)
      values.push(...(await Promise.all(keys.slice(i, i + AT_ONCE).map((key) => this.get(key)))));
    return values;
  }

  async set(key: string, value: unknown, options: SetOptions = {}): Promise<void> {
    const text = storedText(key, value);
    const folder = await this.#folder();
    await folder.change(key, () => this.#write(folder, key, { text, options }));
  }

  async delete(key: string): Promise<boolean> {
    return (await this.#remove(key)) !== undefined;
  }

  async add(key: string, value: unknown, options: SetOptions = {}): Promise<boolean> {
    const text = storedText(key, value);
    const folder = await this.#folder();
    return folder.change(key, async () => {
      if (await folder.read(key)) return false;
      await this.#write(folder, key, { text, options });
      return true;
    });
  }

  async take(key: string): Promise<unknown> {
    const text = await this.#remove(key);
    return text === undefined ? undefined : storedValue(text);
  }

  async increment(key: string, by = 1, options: SetOptions = {}): Promise<number> {
    const folder = await this.#folder();
    return folder.change(key, async () => {
      const record = await folder.read(key);
      const before: unknown = record ? storedValue(record.text) : 0;
      if (typeof before !== 'number')
        throw new TypeError(`The value under ${JSON.stringify(key)} is no number`);
      const expires = record ? record.expires : expiryOf(options, this.#clock);
      await folder.write({ key, text: storedText(key, before + by), expires });
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
    const folder = await this.#folder();
    return folder.change(key, async () => {
      const record = await folder.read(key);
      if (record?.text !== expected) return false;
      const expires = options.keepTtl && record ? record.expires : expiryOf(options, this.#clock);
      await folder.write({ key, text, expires });
      return true;
    });
  }

  async *entries(prefix: string): AsyncIterable<readonly [string, unknown]> {
    const folder = await this.#folder();
    for await (const { key, text } of folder.records())
      if (key.startsWith(prefix)) yield [key, storedValue(text)];
  }

  async #folder(): Promise<RecordFolder> {
    return (await this.#opened.get()).folder;
  }

  async #write(
    folder: RecordFolder,
    key: string,
    { text, options }: { readonly text: string; readonly options: SetOptions },
  ): Promise<void> {
    await folder.write({ key, text, expires: expiryOf(options, this.#clock) });
  }

  /** Takes a record away; its text, if it was there. */
  async #remove(key: string): Promise<string | undefined> {
    const folder = await this.#folder();
    return folder.change(key, async () => {
      const record = await folder.read(key);
      await folder.remove(key);
      return record?.text;
    });
  }

  async #open(): Promise<OpenFolder> {
    const folder = await RecordFolder.open(this.#path, this.#clock);
    const open: OpenFolder = { folder, stopSweeping: () => undefined, sweeping: Promise.resolve() };
    const sweep = (): void => {
      open.sweeping = folder.sweep().catch((error: unknown) => {
        warnOnce(`Records past their time could not be taken out of ${this.#path}: ${String(error)}`);
      });
      open.stopSweeping = this.#clock.setTimer(SWEEP_MS, sweep);
    };
    sweep();
    return open;
  }
}
