import { storedText, storedValue, type KeyValueStore } from '@tenon/core';
import { isUint8Array } from 'node:util/types';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { warnOnce } from '../warn-once.js';
import { CodedStore } from './coded-store.js';

/** Shorter texts are kept as they are. */
const MIN_LENGTH = 1024;
/** What a record may unpack to; a larger one was not packed here. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Packs values that are long: `new CompressedStore({ store })`.
 *
 * Stands in front of an EncryptedStore, never behind: what is sealed does not pack. A record that cannot be unpacked counts as
 * missing.
 */
export class CompressedStore extends CodedStore {
  constructor({ store }: { readonly store: KeyValueStore }) {
    super(store);
  }

  protected override encode(key: string, value: unknown): unknown {
    const text = storedText(key, value);
    return text.length < MIN_LENGTH ? text : new Uint8Array(deflateRawSync(text));
  }

  protected override decode(key: string, kept: unknown): unknown {
    try {
      if (typeof kept === 'string') return storedValue(kept);
      if (isUint8Array(kept))
        return storedValue(inflateRawSync(kept, { maxOutputLength: MAX_BYTES }).toString());
    } catch {
      // Told below.
    }
    warnOnce(
      `A record below "${key.slice(0, key.indexOf('/') + 1)}" cannot be unpacked and counts as missing`,
    );
    return undefined;
  }
}
