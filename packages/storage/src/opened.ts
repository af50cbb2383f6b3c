/** What a store has opened, for all that use it: made once, let go of by the last. */
export class Opened<T> {
  readonly #make: () => Promise<T>;
  readonly #release: (made: T) => Promise<void> | void;
  #users = 0;
  #made: Promise<T> | undefined;

  constructor(make: () => Promise<T>, release: (made: T) => Promise<void> | void) {
    this.#make = make;
    this.#release = release;
  }

  /** Counts one more user. */
  async open(): Promise<void> {
    this.#users++;
    await this.get().catch((error: unknown) => {
      this.#users--;
      throw error;
    });
  }

  /** What was opened, opening it if need be; a failure is not kept. */
  get(): Promise<T> {
    const made = (this.#made ??= this.#make());
    made.catch(() => {
      if (this.#made === made) this.#made = undefined;
    });
    return made;
  }

  /** Counts one user less, and lets go with the last. */
  async close(): Promise<void> {
    this.#users = Math.max(0, this.#users - 1);
    const made = this.#made;
    if (this.#users > 0 || !made) return;
    this.#made = undefined;
    const value = await made.catch(() => undefined);
    if (value !== undefined) await this.#release(value);
  }
}
