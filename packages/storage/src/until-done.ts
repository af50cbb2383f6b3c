import { setTimeout as pause } from 'node:timers/promises';
import { storeFault, type FaultPlace } from './store-fault.js';

const ATTEMPTS = 200;
const MAX_PAUSE_MS = 50;

/**
 * Tries a step anew until it has come through between those of others; `undefined` from it says it has not.
 *
 * @throws {Unavailable} STORAGE_BUSY
 */
export async function untilDone<T>(
  place: FaultPlace,
  attempt: () => Promise<{ readonly done: T } | undefined>,
): Promise<T> {
  for (let i = 0; i < ATTEMPTS; i++) {
    const result = await attempt();
    if (result) return result.done;
    // Real time: what is waited for is another process.
    await pause(Math.random() * Math.min(2 ** i, MAX_PAUSE_MS));
  }
  throw storeFault('STORAGE_BUSY', place);
}
