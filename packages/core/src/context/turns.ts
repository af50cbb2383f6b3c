/** Work on the same thing, one after the other. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs when all that was begun under the same key before has ended, well or not. */
  run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key);
    const turn = before ? before.then(work, work) : work();
    this.#last.set(key, turn);
    const forget = (): void => {
      if (this.#last.get(key) === turn) this.#last.delete(key);
    };
    turn.then(forget, forget);
    return turn;
  }
}
