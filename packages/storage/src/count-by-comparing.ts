import { keptValue } from './kept-value.js';
import { namedKey } from './named-key.js';
import type { FaultPlace } from './store-fault.js';
import { untilDone } from './until-done.js';

/** How a store reads the text of a number and puts another in its place, if it still is what was read. */
export interface CountSteps {
  read(): Promise<string | undefined>;
  /** Leaves the end of the record as it is. */
  swap(expected: string, value: number): Promise<boolean>;
  add(value: number): Promise<boolean>;
}

/** Adds to a number in a store that cannot do so in one step: what others have changed meanwhile is read anew. */
export function countByComparing(
  place: FaultPlace & { readonly key: string },
  by: number,
  steps: CountSteps,
): Promise<number> {
  return untilDone(place, async () => {
    const text = await steps.read();
    const before: unknown = text === undefined ? 0 : keptValue(text, place);
    if (typeof before !== 'number')
      throw new TypeError(`The value under ${namedKey(place.key)} is no number`);
    const after = before + by;
    const done = text === undefined ? await steps.add(after) : await steps.swap(text, after);
    return done ? { done: after } : undefined;
  });
}
