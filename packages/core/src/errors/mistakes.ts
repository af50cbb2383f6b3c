import type { ErrorCode, ErrorDetails } from './codes.js';
import { FrameworkError } from './framework-error.js';

/** The mistakes found while an app is created, told all at once. */
export class Mistakes {
  readonly #found: FrameworkError[] = [];

  /** How many have been found so far. */
  get count(): number {
    return this.#found.length;
  }

  /** Notes one mistake and goes on. */
  add<C extends ErrorCode>(code: C, details: ErrorDetails<C>, options?: { cause?: unknown }): void {
    this.note(new FrameworkError(code, details, options));
  }

  /** Notes one mistake that somebody else has put into words. */
  note(mistake: FrameworkError): void {
    this.#found.push(...mistake.errors);
  }

  /** Runs a step whose own mistakes are noted; what it returns is undefined if it made one. */
  attempt<T>(step: () => T): T | undefined {
    try {
      return step();
    } catch (error) {
      if (!FrameworkError.is(error)) throw error;
      this.note(error);
      return undefined;
    }
  }

  /** Throws what was noted: the one mistake itself, or ERR_APP_MISTAKES listing all, each once. */
  throwIfAny(module: string): void {
    if (this.#found.length === 0) return;
    const found = [...new Map(this.#found.map((error) => [error.message, error])).values()];
    if (found.length === 1) throw found[0] as FrameworkError;
    const list = found.map((error) => `- ${error.message.replaceAll('\n', '\n  ')}`).join('\n');
    throw new FrameworkError('ERR_APP_MISTAKES', { module, count: found.length, list }, { errors: found });
  }
}

/** What several steps return, none of which needs another; their mistakes are thrown together. */
export function together<T extends object>(where: string, steps: { readonly [K in keyof T]: () => T[K] }): T {
  const made: Partial<T> = {};
  let mistakes: Mistakes | undefined;
  for (const name in steps) {
    try {
      made[name] = steps[name]();
    } catch (error) {
      if (!FrameworkError.is(error)) throw error;
      (mistakes ??= new Mistakes()).note(error);
    }
  }
  mistakes?.throwIfAny(where);
  return made as T;
}
