import type { Completer } from '../components/completer.js';
import type { Mistakes } from '../errors/mistakes.js';
import type { ValidationMode } from '../schema/schema.js';

/** What compiling a component needs of the server it will belong to. */
export interface CompileHost {
  readonly validation: ValidationMode;
  /** Where relative URLs of icons begin. */
  readonly websiteUrl: string | undefined;
  /** Where mistakes are noted that do not keep a component from being compiled. */
  readonly mistakes: Mistakes;
  /** What completes the arguments of a prompt, by its name, or the variables of a template, by its text. */
  completersOf(target: string): ReadonlyMap<string, Completer>;
}
