import {
  FrameworkError,
  storedText,
  SystemClock,
  type Clock,
  type CompareOptions,
  type ListableStore,
  type SetOptions,
} from '@tenon/core';
import type { Collection } from 'mongodb';
import { expiryOf, isOver } from '../expiry.js';
import { endOf, keyText, plainKey } from '../key-text.js';
import { Opened } from '../opened.js';
import { storeFault, tooLarge } from '../store-fault.js';
import { SwappingStore, type Swap } from '../swapping-store.js';
import { untilDone } from '../until-done.js';
import {
  openCollection,
  type MongoConnection,
  type MongoRecord,
  type OpenCollection,
} from './mongo-collection.js';

/** Which collection a MongoStore keeps its records in, and where it is. */
export type MongoOptions = MongoConnection & {
  /** Default: the database of the URL. */
  readonly database?: string;
  /** A collection of its own. Default: tenon_records. */
  readonly collection?: string;
  readonly clock?: Clock;
};

/** MongoDB keeps so many bytes of a document; some are for the names of its fields. */
const MAX_BYTES = 16 * 1024 * 1024 - 1024;
const DUPLICATE = 11_000;
/** The last time that MongoDB can tell. */
const MAX_DATE = 8.64e15;

/** Keeps records in a collection of MongoDB, each in one document; single steps are single writes. */
export class MongoStore extends SwappingStore implements ListableStore {
  protected readonly name: string;
  readonly #clock: Clock;
  protected readonly opened: Opened<OpenCollection>;

  constructor(options: MongoOptions) {
    super();
    const { database, collection = 'tenon_records', clock = new SystemClock() } = options;
    // Without the URL, in which there may be a password.
    this.name = `MongoStore({ collection: ${JSON.stringify(collection)} })`;
    this.#clock = clock;
    this.opened = new Opened(
      () => openCollection({ store: this.name, database, collection }, options),
      (open) => open.close(),
    );
  }

  async getMany(keys: readonly string[]): Promise<readonly unknown[]> {
    const names = keys.map(keyText);
    const found = await this.#on(keys[0], (records) =>
      records.find({ _id: { $in: [...new Set(names)] } }).toArray(),
    );
    const texts = new Map(found.map((record) => [record._id, this.#live(record)]));
    return names.map((name, i) => this.value(keys[i] as string, texts.get(name)));
  }

  async set(key: string, value: unknown, options: SetOptions = {}): Promise<void> {
    const text = this.textFor(key, value);
    await untilDone({ store: this.name, key }, () =>
      this.#once(key, async (records) => {
        await records.replaceOne({ _id: keyText(key) }, this.#fields(text, options), { upsert: true });
        return { done: undefined };
      }),
    );
  }

  async add(key: string, value: unknown, options: SetOptions = {}): Promise<boolean> {
    const text = this.textFor(key, value);
    const added = await this.#once(key, async (records) => {
      // One that is over is replaced; one that is not over is not found, so that MongoDB makes another, which it refuses.
      const over = { _id: keyText(key), expires: { $lte: this.#now() } };
      await records.replaceOne(over, this.#fields(text, options), { upsert: true });
      return true;
    });
    return added === true;
  }

  async *entries(prefix: string): AsyncIterable<readonly [string, unknown]> {
    const { records } = await this.opened.get();
    const cursor = records.find({ _id: { $gte: keyText(prefix), $lt: endOf(prefix) } }).sort({ _id: 1 });
    try {
      for await (const record of cursor) {
        const key = plainKey(record._id);
        const value = this.value(key, this.#live(record));
        if (value !== undefined) yield [key, value];
      }
    } catch (error) {
      throw this.#fault(prefix, error);
    }
  }

  protected async text(key: string): Promise<string | undefined> {
    const record = await this.#on(key, (records) => records.findOne({ _id: keyText(key) }));
    return record ? this.#live(record) : undefined;
  }

  protected async remove(key: string): Promise<string | undefined> {
    const record = await this.#on(key, (records) => records.findOneAndDelete({ _id: keyText(key) }));
    return record ? this.#live(record) : undefined;
  }

  protected async swap(key: string, { expected, text }: Swap, options: CompareOptions): Promise<boolean> {
    const { expires } = this.#fields(text, options);
    const end = expires ? { $set: { text, expires } } : { $set: { text }, $unset: { expires: '' as const } };
    const { matchedCount } = await this.#on(key, (records) =>
      records.updateOne(
        { _id: keyText(key), text: expected, expires: { $not: { $lte: this.#now() } } },
        options.keepTtl ? { $set: { text } } : end,
      ),
    );
    return matchedCount > 0;
  }

  /** The text of a record that is not over, whether MongoDB has deleted it already or not. */
  #live({ text, expires }: MongoRecord): string | undefined {
    return isOver(expires?.getTime(), this.#clock) ? undefined : text;
  }

  protected override textFor(key: string, value: unknown): string {
    const text = storedText(key, value);
    const bytes = Buffer.byteLength(text) + keyText(key).length;
    if (bytes > MAX_BYTES) throw tooLarge({ store: this.name, key }, { bytes, most: `${MAX_BYTES} at most` });
    return text;
  }

  #fields(text: string, options: SetOptions): { readonly text: string; readonly expires?: Date } {
    const expires = expiryOf(options, this.#clock);
    return { text, ...(expires !== undefined && expires <= MAX_DATE && { expires: new Date(expires) }) };
  }

  #now(): Date {
    return new Date(this.#clock.now());
  }

  /** Runs a step that may make a document; undefined where another was made first. */
  #once<T>(key: string, step: (records: Collection<MongoRecord>) => Promise<T>): Promise<T | undefined> {
    return this.#on(key, (records) =>
      step(records).catch((error: unknown) => {
        if ((error as { readonly code?: unknown }).code === DUPLICATE) return undefined;
        throw error;
      }),
    );
  }

  async #on<T>(key: string | undefined, step: (records: Collection<MongoRecord>) => Promise<T>): Promise<T> {
    const { records } = await this.opened.get();
    try {
      return await step(records);
    } catch (error) {
      throw this.#fault(key, error);
    }
  }

  #fault(key: string | undefined, error: unknown): unknown {
    const ofMongo = error instanceof Error && error.name.startsWith('Mongo');
    if (!ofMongo || FrameworkError.is(error)) return error;
    return storeFault('STORAGE_UNREACHABLE', { store: this.name, ...(key !== undefined && { key }) }, error);
  }
}
