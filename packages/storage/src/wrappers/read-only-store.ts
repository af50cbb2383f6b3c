import type { KeyValueStore } from '@tenon/core';
import { WrappedStore } from './wrapped-store.js';

/** Lets reads pass and refuses writes: `new ReadOnlyStore({ store })`. It cannot do the steps of an AtomicStore. */
export class ReadOnlyStore extends WrappedStore {
  constructor({ store }: { readonly store: KeyValueStore }) {
    super(store, { steps: false });
  }

  override set(key: string): Promise<void> {
    return Promise.reject(refused(`set ${JSON.stringify(key)}`));
  }

  override delete(key: string): Promise<boolean> {
    return Promise.reject(refused(`delete ${JSON.stringify(key)}`));
  }
}

function refused(step: string): TypeError {
  return new TypeError(`This store is read only: it does not ${step}`);
}
