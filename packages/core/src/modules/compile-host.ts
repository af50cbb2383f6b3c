import type { Completer } from '../components/completer.js';
import type { ValidationMode } from '../schema/schema.js';

/** What compiling a component needs of the server it will belong to. */
export interface CompileHost {
  readonly validation: ValidationMode;
  /** Where relative URLs of icons begin. */
  readonly websiteUrl: string | undefined;
  /** What completes the arguments of a prompt, by its name, or the variables of a template, by its text. */
  completersOf(target: string): ReadonlyMap<string, Completer>;
}
