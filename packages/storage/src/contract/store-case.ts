import type { AtomicStore, ListableStore } from '@tenon/core';

/** A store with every ability; a case uses those it is about. */
export type WholeStore = AtomicStore & ListableStore;

/** A case of the contract, before it has a store. */
export interface StoreCase {
  readonly name: string;
  run(store: WholeStore, advance: (ms: number) => Promise<void>): Promise<void>;
}
