import { FrameworkError } from '../errors/framework-error.js';
import { isAtomic, isListable, type AtomicStore, type KeyValueStore, type ListableStore } from './store.js';

/**
 * A store as one whose single steps cannot be divided; to be called while the server is put together.
 *
 * @throws {FrameworkError} ERR_STORAGE_ABILITY
 */
export function atomicStore(store: KeyValueStore, consumer: string): AtomicStore {
  if (isAtomic(store)) return store;
  const ability = 'add, take, increment and compareAndSet in one step';
  throw new FrameworkError('ERR_STORAGE_ABILITY', { consumer, store: nameOf(store), ability });
}

/**
 * A store as one that can tell what it holds; to be called while the server is put together.
 *
 * @throws {FrameworkError} ERR_STORAGE_ABILITY
 */
export function listableStore<S extends KeyValueStore>(store: S, consumer: string): S & ListableStore {
  if (isListable(store)) return store;
  const ability = 'tell its entries';
  throw new FrameworkError('ERR_STORAGE_ABILITY', { consumer, store: nameOf(store), ability });
}

/** A store as people know it: the name of its class. */
export function nameOf(store: object): string {
  return (store.constructor as { readonly name?: string } | undefined)?.name ?? 'a store without a class';
}
