import type { KeyValueStore } from '@tenon/core';
import { setTimeout as wait } from 'node:timers/promises';
import { atomicCases } from './atomic-cases.js';
import type { ContractCase } from './contract-case.js';
import { keyCases } from './key-cases.js';
import { listableCases } from './listable-cases.js';
import type { WholeStore } from './store-case.js';
import { ttlCases } from './ttl-cases.js';
import { valueCases } from './value-cases.js';

/** What a store can beyond getting and setting. */
export type StoreAbility = 'atomic' | 'listable';

/** The store under test, and how its time passes. */
export interface StoreContractOptions {
  /** A store with nothing in it. Each case opens one and closes it. */
  make(): KeyValueStore | Promise<KeyValueStore>;
  /** What the store can. Default: everything. */
  readonly abilities?: readonly StoreAbility[];
  /** Lets time pass for the store, where its clock is in the hands of the test. Default: it is waited for. */
  advance?(ms: number): void | Promise<void>;
}

/**
 * What every store has to keep to, whatever it keeps its records in: one case a promise, for any test runner.
 *
 * `for (const { name, run } of storeContract({ make: () => new MyStore() })) test(name, run);`
 */
export function storeContract(options: StoreContractOptions): readonly ContractCase[] {
  const { abilities = ['atomic', 'listable'], advance = (ms: number) => wait(ms) } = options;
  const cases = [
    ...valueCases,
    ...keyCases,
    ...ttlCases,
    ...(abilities.includes('atomic') ? atomicCases : []),
    ...(abilities.includes('listable') ? listableCases : []),
  ];
  return cases.map(({ name, run }) => ({
    name,
    run: async () => {
      const store = (await options.make()) as WholeStore;
      await store.open();
      try {
        await run(store, async (ms) => {
          await advance(ms);
        });
      } finally {
        await store.close();
      }
    },
  }));
}
