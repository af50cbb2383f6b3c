import { storedText, type CompareOptions, type KeyValueStore, type SetOptions } from '@tenon/core';
import { WrappedStore } from './wrapped-store.js';

/**
 * Refuses values above a size with a RangeError, before they reach the store: `new SizeLimit({ store, maxBytes })`.
 *
 * What counts is the text that is kept: JSON in UTF-8, bytes as base64.
 */
export class SizeLimit extends WrappedStore {
  readonly #maxBytes: number;

  constructor({ store, maxBytes }: { readonly store: KeyValueStore; readonly maxBytes: number }) {
    super(store);
    this.#maxBytes = maxBytes;
  }

  override async set(key: string, value: unknown, options?: SetOptions): Promise<void> {
    this.#check(key, value);
    await super.set(key, value, options);
  }

  override async add(key: string, value: unknown, options?: SetOptions): Promise<boolean> {
    this.#check(key, value);
    return super.add(key, value, options);
  }

  override async compareAndSet(
    key: string,
    change: { expected: unknown; value: unknown },
    options?: CompareOptions,
  ): Promise<boolean> {
    this.#check(key, change.value);
    return super.compareAndSet(key, change, options);
  }

  #check(key: string, value: unknown): void {
    checkSize(key, storedText(key, value), this.#maxBytes);
  }
}

/**
 * Refuses a text that is too long for a store.
 *
 * @throws {RangeError}
 */
export function checkSize(key: string, text: string, maxBytes: number): void {
  const bytes = Buffer.byteLength(text);
  if (bytes <= maxBytes) return;
  throw new RangeError(
    `The value for ${JSON.stringify(key.slice(0, 80))} has ${bytes} bytes, and at most ${maxBytes} are kept`,
  );
}
