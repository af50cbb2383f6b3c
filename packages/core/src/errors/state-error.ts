import { ComponentError } from './component-error.js';
import type { FrameworkError } from './framework-error.js';

/** Why state cannot be had or kept. */
export type StateErrorCode = `ERR_STATE_${'NO_SESSION' | 'NO_USER' | 'FULL' | 'HANDLE' | 'HANDLES'}`;

/**
 * State that this caller cannot have or keep: the client reads what it can do about it.
 *
 * What the author can do about it is told in the log, if there is anything: it is the cause.
 */
export class StateError extends ComponentError {
  override readonly name = 'StateError';
  /** Stable name of what is wrong; it begins the message, too. */
  readonly code: StateErrorCode;

  constructor(code: StateErrorCode, sentence: string, cause?: FrameworkError) {
    super(`${code}: ${sentence}`, cause && { cause });
    this.code = code;
  }
}
