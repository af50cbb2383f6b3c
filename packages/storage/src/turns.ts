/** Lets steps about one key run one after another, within this process. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs a step when those before it under the same key are through, whether they have failed or not. */
  async run<T>(key: string, step: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key);
    const turn = before === undefined ? step() : before.then(step, step);
    this.#last.set(key, turn);
    try {
      return await turn;
    } finally {
      if (this.#last.get(key) === turn) this.#last.delete(key);
    }
  }

  /** Waits until every step is through. */
  async done(): Promise<void> {
    await Promise.allSettled(this.#last.values());
  }
}
