import { recordKind } from '../metadata/registry.js';

/** What @Complete writes: the argument its method gives suggestions for. */
export interface CompleteRecord {
  /** Name of a prompt, or the text of a resource template. */
  readonly target: string;
  readonly argument: string;
}

/** A method that completes an argument. */
export const COMPLETE = recordKind<CompleteRecord>('complete');
