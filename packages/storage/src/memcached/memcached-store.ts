import {
  AtomicStore,
  storedText,
  SystemClock,
  type Clock,
  type CompareOptions,
  type SetOptions,
} from '@tenon/core';
import { createHash } from 'node:crypto';
import { expiryOf, isOver } from '../expiry.js';
import { keptValue } from '../kept-value.js';
import { namedKey } from '../named-key.js';
import { Opened } from '../opened.js';
import { checkSize } from '../wrappers/size-limit.js';
import { MemcachedConnection } from './memcached-connection.js';

/** Where Memcached is. */
export interface MemcachedOptions {
  /** Default: localhost. */
  readonly host?: string;
  /** Default: 11211. */
  readonly port?: number;
  /** Servers that share a Memcached and nothing else differ in it. Default: `tenon`. */
  readonly prefix?: string;
  /** The longest text that is sent; not above what Memcached was started with. Default: 1 MiB less what it needs itself. */
  readonly maxBytes?: number;
  readonly clock?: Clock;
}

interface Kept {
  readonly text: string;
  readonly expires: number | undefined;
  /** Changes with every change of the record. */
  readonly cas: string;
}

/** From here on Memcached takes a number of seconds for a date. */
const MAX_RELATIVE_SECONDS = 30 * 24 * 60 * 60;
/** What has longer to go is kept until it makes room. */
const MAX_SECONDS = 10 * 365 * 24 * 60 * 60;

/**
 * Keeps records in Memcached, from version 1.6, for all processes of a fleet: `new MemcachedStore({ host, port })`.
 *
 * Speaks to it without a library. Memcached forgets records when it needs room and when it restarts: it is for what can be made
 * again. It cannot tell what it holds.
 */
export class MemcachedStore extends AtomicStore {
  readonly #connection: MemcachedConnection;
  readonly #opened: Opened<MemcachedConnection>;
  readonly #prefix: string;
  readonly #maxBytes: number;
  readonly #clock: Clock;

  constructor(options: MemcachedOptions = {}) {
    super();
    const { host = 'localhost', port = 11211, prefix = 'tenon', maxBytes = 1024 * 1024 - 1024 } = options;
    this.#connection = new MemcachedConnection({ host, port });
    this.#prefix = prefix;
    this.#maxBytes = maxBytes;
    this.#clock = options.clock ?? new SystemClock();
    this.#opened = new Opened(
      async () => {
        await this.#connection.open();
        return this.#connection;
      },
      (connection) => connection.close(),
    );
  }

  override open(): Promise<void> {
    return this.#opened.open();
  }

  override close(): Promise<void> {
    return this.#opened.close();
  }

  async get(key: string): Promise<unknown> {
    return this.#value(key, (await this.#read(key))?.text);
  }

  async getMany(keys: readonly string[]): Promise<readonly unknown[]> {
    return Promise.all(keys.map((key) => this.get(key)));
  }

  async set(key: string, value: unknown, options: SetOptions = {}): Promise<void> {
    await this.#write(key, { text: storedText(key, value), expires: expiryOf(options, this.#clock) });
  }

  async delete(key: string): Promise<boolean> {
    return (await this.#remove(key)) !== undefined;
  }

  async add(key: string, value: unknown, options: SetOptions = {}): Promise<boolean> {
    return this.compareAndSet(key, { expected: undefined, value }, options);
  }

  async take(key: string): Promise<unknown> {
    return this.#value(key, await this.#remove(key));
  }

  async increment(key: string, by = 1, options: SetOptions = {}): Promise<number> {
    for (;;) {
      const kept = await this.#read(key);
      const before = kept ? this.#value(key, kept.text) : 0;
      if (typeof before !== 'number') throw new TypeError(`The value under ${namedKey(key)} is no number`);
      const expires = kept ? kept.expires : expiryOf(options, this.#clock);
      const text = storedText(key, before + by);
      if (await this.#write(key, { text, expires }, kept ?? 'none')) return before + by;
    }
  }

  async compareAndSet(
    key: string,
    change: { expected: unknown; value: unknown },
    options: CompareOptions = {},
  ): Promise<boolean> {
    const expected = change.expected === undefined ? undefined : storedText(key, change.expected);
    const text = storedText(key, change.value);
    for (;;) {
      const kept = await this.#read(key);
      if (kept?.text !== expected) return false;
      const expires = options.keepTtl && kept ? kept.expires : expiryOf(options, this.#clock);
      if (await this.#write(key, { text, expires }, kept ?? 'none')) return true;
    }
  }

  #value(key: string, text: string | undefined): unknown {
    return keptValue(text, { store: 'MemcachedStore', key });
  }

  /** Takes a record away; its text, if it was there. */
  async #remove(key: string): Promise<string | undefined> {
    for (;;) {
      const kept = await this.#read(key);
      if (!kept) return undefined;
      if ((await this.#call(`md ${this.#name(key)} C${kept.cas}`)).code === 'HD') return kept.text;
    }
  }

  async #read(key: string): Promise<Kept | undefined> {
    const { line, value } = await this.#call(`mg ${this.#name(key)} v c`);
    if (!value) return undefined;
    const content = value.toString();
    const space = content.indexOf(' ');
    const expires = space === 0 ? undefined : Number(content.slice(0, space));
    const kept = { text: content.slice(space + 1), expires, cas: / c(\d+)/.exec(line)?.[1] ?? '' };
    if (!isOver(expires, this.#clock)) return kept;
    // Memcached counts whole seconds: what is over is taken away here, if nobody has changed it meanwhile.
    await this.#call(`md ${this.#name(key)} C${kept.cas}`);
    return undefined;
  }

  /** Puts a record in place: of whatever is there, of nothing, or of what was read; whether it did. */
  async #write(
    key: string,
    { text, expires }: { readonly text: string; readonly expires: number | undefined },
    instead?: Kept | 'none',
  ): Promise<boolean> {
    // A value that Memcached refuses for its size would take the one before it away.
    checkSize(key, text, this.#maxBytes);
    const value = Buffer.from(`${expires ?? ''} ${text}`);
    const mode = instead === 'none' ? ' ME' : instead ? ` C${instead.cas}` : '';
    const command = `ms ${this.#name(key)} ${value.length} T${this.#seconds(expires)}${mode}`;
    return (await this.#call(command, value)).code === 'HD';
  }

  async #call(command: string, value?: Buffer): ReturnType<MemcachedConnection['call']> {
    return (await this.#opened.get()).call(command, value);
  }

  /** Names are short there, and without spaces. */
  #name(key: string): string {
    return createHash('sha256')
      .update(Buffer.from(`${this.#prefix.length}:${this.#prefix}${key}`, 'utf16le'))
      .digest('base64url');
  }

  /** How long Memcached keeps a record; a little longer than it is valid, because it counts whole seconds. */
  #seconds(expires: number | undefined): number {
    if (expires === undefined) return 0;
    const seconds = Math.max(0, Math.ceil((expires - this.#clock.now()) / 1000)) + 1;
    if (seconds < MAX_RELATIVE_SECONDS) return seconds;
    return seconds > MAX_SECONDS ? 0 : Math.ceil(expires / 1000) + 1;
  }
}
