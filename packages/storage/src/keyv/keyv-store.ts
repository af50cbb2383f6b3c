import {
  FrameworkError,
  KeyValueStore,
  storedText,
  SystemClock,
  type Clock,
  type SetOptions,
} from '@tenon/core';
import type { Keyv } from 'keyv';
import { expiryOf, isOver } from '../expiry.js';
import { keptValue } from '../kept-value.js';
import { keyText } from '../key-text.js';
import { namedKey } from '../named-key.js';
import { Opened } from '../opened.js';
import { reasonOf, storeFault } from '../store-fault.js';
import { warnOnce } from '../warn-once.js';

/** Which Keyv a KeyvStore keeps its records in. */
export interface KeyvOptions {
  /**
   * One that you close, or a function that makes one: it is called when the store is opened, and what it has made is
   * disconnected when the store is closed. Either throws from then on what it would leave to a listener.
   */
  readonly keyv: Keyv | (() => Keyv | Promise<Keyv>);
  readonly clock?: Clock;
}

const NAME = 'KeyvStore';

/**
 * Keeps records in any Keyv 5, and so in whatever there is an adapter for.
 *
 * Keyv has no step that cannot be divided: who needs an AtomicStore, as sessions, single use and limits do, needs another store.
 */
export class KeyvStore extends KeyValueStore {
  readonly #clock: Clock;
  readonly #opened: Opened<Keyv>;

  constructor({ keyv, clock = new SystemClock() }: KeyvOptions) {
    super();
    this.#clock = clock;
    this.#opened = new Opened(
      () => opened(keyv),
      async (made) => {
        if (typeof keyv === 'function') await made.disconnect();
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
    return this.#value(key, await this.#on(key, (keyv) => keyv.get<unknown>(keyText(key))));
  }

  async getMany(keys: readonly string[]): Promise<readonly unknown[]> {
    const names = keys.map(keyText);
    const kept = await this.#on(keys[0], (keyv): Promise<readonly unknown[]> =>
      // Without one of its adapter, that of Keyv takes what cannot be read for what is not there.
      asksForMany(keyv)
        ? keyv.getMany<unknown>(names)
        : Promise.all(names.map((name) => keyv.get<unknown>(name))),
    );
    return keys.map((key, i) => this.#value(key, kept[i]));
  }

  async set(key: string, value: unknown, options: SetOptions = {}): Promise<void> {
    const text = storedText(key, value);
    const expires = expiryOf(options, this.#clock);
    const ttl = expires === undefined ? undefined : Math.ceil(expires - this.#clock.now());
    const done = await this.#on(key, (keyv) =>
      // For Keyv a ttl of 0 is none.
      ttl !== undefined && ttl <= 0
        ? keyv.delete(keyText(key)).then(() => true)
        : keyv.set(keyText(key), `${expires ?? ''}\n${text}`, ttl),
    );
    if (!done)
      throw storeFault('STORAGE_UNREACHABLE', { store: NAME, key }, 'its adapter has not kept the value');
  }

  async delete(key: string): Promise<boolean> {
    const isThere = (await this.get(key)) !== undefined;
    return (await this.#on(key, (keyv) => keyv.delete(keyText(key)))) && isThere;
  }

  #value(key: string, kept: unknown): unknown {
    if (kept === undefined || kept === null) return undefined;
    const [head, expires] = (typeof kept === 'string' && /^(\d*)\n/.exec(kept)) || [];
    if (head === undefined) {
      warnOnce(`What ${NAME} finds under ${namedKey(key)} is no record of its own and counts as missing`);
      return undefined;
    }
    if (isOver(expires ? Number(expires) : undefined, this.#clock)) return undefined;
    return keptValue((kept as string).slice(head.length), { store: NAME, key });
  }

  async #on<T>(key: string | undefined, step: (keyv: Keyv) => Promise<T>): Promise<T> {
    const keyv = await this.#opened.get();
    try {
      return await step(keyv);
    } catch (error) {
      throw storeFault('STORAGE_UNREACHABLE', { store: NAME, ...(key !== undefined && { key }) }, error);
    }
  }
}

async function opened(given: KeyvOptions['keyv']): Promise<Keyv> {
  try {
    const keyv = typeof given === 'function' ? await given() : given;
    // Else an adapter that cannot be reached would look like one that holds nothing.
    keyv.throwOnErrors = true;
    return keyv;
  } catch (cause) {
    throw new FrameworkError(
      'ERR_STORAGE_OPEN',
      { store: NAME, reason: reasonOf(cause), cure: 'Give it a Keyv 5, or a function that makes one.' },
      { cause },
    );
  }
}

function asksForMany(keyv: Keyv): boolean {
  return typeof (keyv.store as { readonly getMany?: unknown }).getMany === 'function';
}
