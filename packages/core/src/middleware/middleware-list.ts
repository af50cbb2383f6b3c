import type { MiddlewareEntry } from './compose.js';

/** The middleware before every message, outermost first; it may grow while the server runs. */
export class MiddlewareList {
  #entries: readonly MiddlewareEntry[];
  readonly #listeners: (() => void)[] = [];

  constructor(entries: readonly MiddlewareEntry[] = []) {
    this.#entries = entries;
  }

  get entries(): readonly MiddlewareEntry[] {
    return this.#entries;
  }

  /** Adds some, inside those that are there; the messages that come after pass them. */
  add(entries: readonly MiddlewareEntry[]): void {
    this.#entries = [...this.#entries, ...entries];
    for (const run of this.#listeners) run();
  }

  /** Calls `run` whenever there are more. */
  onChange(run: () => void): void {
    this.#listeners.push(run);
  }
}
