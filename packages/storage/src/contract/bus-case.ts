import type { Bus } from '@tenon/core';

/** A case of the contract, before it has a bus. */
export interface BusCase {
  readonly name: string;
  run(bus: Bus, advance: (ms: number) => Promise<void>): Promise<void>;
}

/** So many entries of a stream the bus under test keeps. */
export const MAX_ENTRIES = 20;
