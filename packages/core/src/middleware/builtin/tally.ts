/** So many names are told apart: what comes after them counts as other. */
const MAX_NAMES = 500;

/** Records by name, at most so many: names may come from strangers. */
export class Tally<T> {
  readonly #begin: () => T;
  readonly #records = new Map<string, T>();

  constructor(begin: () => T) {
    this.#begin = begin;
  }

  /** The record of a name. */
  of(name: string): T {
    const known = this.#records.get(name);
    if (known) return known;
    const full = this.#records.size >= MAX_NAMES && name !== OTHER;
    if (full) return this.of(OTHER);
    const record = this.#begin();
    this.#records.set(name, record);
    return record;
  }

  /** Every record there is, by its name. */
  entries(): readonly (readonly [string, T])[] {
    return [...this.#records];
  }
}

const OTHER = '(other)';
