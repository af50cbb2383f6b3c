import type { Bus } from '@tenon/core';
import { setTimeout as wait } from 'node:timers/promises';
import { MAX_ENTRIES } from './bus-case.js';
import type { ContractCase } from './contract-case.js';
import { streamCases } from './stream-cases.js';
import { topicCases } from './topic-cases.js';

/** The bus under test, and how its time passes. */
export interface BusContractOptions {
  /** A bus with nothing in it that keeps so many entries of a stream at most. Each case opens one and closes it. */
  make(bounds: { readonly maxEntries: number }): Bus | Promise<Bus>;
  /** Lets time pass for the bus, where its clock is in the hands of the test. Default: it is waited for. */
  advance?(ms: number): void | Promise<void>;
}

/** What every bus has to keep to: one case a promise, for any test runner. */
export function busContract(options: BusContractOptions): readonly ContractCase[] {
  const { advance = (ms: number) => wait(ms) } = options;
  return [...topicCases, ...streamCases].map(({ name, run }) => ({
    name,
    run: async () => {
      const bus = await options.make({ maxEntries: MAX_ENTRIES });
      await bus.open();
      try {
        await run(bus, async (ms) => {
          await advance(ms);
        });
      } finally {
        await bus.close();
      }
    },
  }));
}
