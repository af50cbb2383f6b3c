import { KeptState } from './kept-state.js';

/** A session behind a handle, which the model carries from call to call: the same in every revision. */
export abstract class HeldSession extends KeptState {
  /** The handle: whoever has it, and is the caller it was made for, is in the session. */
  abstract readonly handle: string;
}
