import { FrameworkError, storedText, storedValue, type KeyValueStore } from '@tenon/core';
import { randomBytes } from 'node:crypto';
import { warnOnce } from '../warn-once.js';
import { CodedStore } from './coded-store.js';
import { openSealed, sealingKey, sealText, type SealingKey } from './seal.js';

/** Fewer characters of a secret are no secret. */
const MIN_KEY_LENGTH = 32;

/** One secret, or several to rotate. */
export type EncryptionKeys = string | undefined | readonly (string | undefined)[];

/** What an EncryptedStore is made of. */
export interface EncryptedOptions {
  readonly store: KeyValueStore;
  /**
   * A secret of at least 32 characters, as in `process.env.STORAGE_ENCRYPTION_KEY`; or several: the first seals, all of them
   * open. Of the others some may be missing. A function is asked when the store is opened.
   */
  readonly key: EncryptionKeys | (() => EncryptionKeys);
  /** The variable the key is read from, as errors name it. Default: STORAGE_ENCRYPTION_KEY. */
  readonly variable?: string;
}

/**
 * Seals values before another store keeps them: AES-256-GCM, each bound to its key.
 *
 * Keys of records stay readable. A record that cannot be opened, sealed under another secret or changed, counts as missing and
 * is told once for each collection.
 */
export class EncryptedStore extends CodedStore {
  readonly #given: EncryptedOptions['key'];
  readonly #variable: string;
  #sealing: readonly SealingKey[] | undefined;

  constructor({ store, key, variable = 'STORAGE_ENCRYPTION_KEY' }: EncryptedOptions) {
    super(store);
    this.#given = key;
    this.#variable = variable;
  }

  /** A new key: 256 random bits as text. */
  static generateKey(): string {
    return randomBytes(32).toString('base64url');
  }

  /** @throws {FrameworkError} ERR_STORAGE_KEY */
  override async open(): Promise<void> {
    this.#keys();
    await super.open();
  }

  protected override encode(key: string, value: unknown): unknown {
    return sealText(storedText(key, value), this.placeOf(key), this.#keys()[0] as SealingKey);
  }

  protected override decode(key: string, kept: unknown): unknown {
    const place = this.placeOf(key);
    const text = typeof kept === 'string' ? openSealed(kept, place, this.#keys()) : undefined;
    if (text !== undefined) return storedValue(text);
    warnOnce(
      `A record below "${place.slice(0, place.indexOf('/') + 1)}" cannot be opened and counts as missing: it was sealed with another key (wrong ${this.#variable}?), or changed`,
    );
    return undefined;
  }

  #keys(): readonly SealingKey[] {
    const given = (): EncryptionKeys => (typeof this.#given === 'function' ? this.#given() : this.#given);
    return (this.#sealing ??= checkKeys(given(), this.#variable).map(sealingKey));
  }
}

/**
 * The secrets that are given, if they are of use.
 *
 * @throws {FrameworkError} ERR_STORAGE_KEY
 */
export function checkKeys(keys: EncryptionKeys, variable: string): readonly string[] {
  const [first, ...others] = typeof keys === 'object' ? keys : [keys];
  if (!first) throw unusable('there is no key', variable);
  const secrets = [first, ...others.filter((each): each is string => Boolean(each))];
  const short = secrets.find((each) => each.length < MIN_KEY_LENGTH);
  if (short === undefined) return secrets;
  throw unusable(`a key has ${short.length} characters, and at least ${MIN_KEY_LENGTH} are needed`, variable);
}

function unusable(problem: string, variable: string): FrameworkError {
  return new FrameworkError('ERR_STORAGE_KEY', { problem, variable });
}
