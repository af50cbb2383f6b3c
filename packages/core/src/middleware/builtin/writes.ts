import type { Ran } from './answering.js';
import type { KeptAnswers } from './kept-answers.js';

/** The calls that may change something: some answers hold only until the next of them. */
export class Writes {
  /** What those answers depend on. */
  static readonly NAME = 'writes';
  readonly #kept: KeptAnswers;
  #begun = 0;
  #open = 0;

  constructor(kept: KeptAnswers) {
    this.#kept = kept;
  }

  /** Runs one; its own answer holds from then on, unless another has run at the same time. */
  async run<R>(next: () => Promise<R>): Promise<Ran<R>> {
    const own = ++this.#begun;
    const first = this.#open++ === 0;
    let stamp: string | undefined;
    let result: R;
    try {
      result = await next();
    } finally {
      stamp = await this.#kept.outdate(Writes.NAME);
      this.#open--;
    }
    const alone = first && own === this.#begun;
    return { result, restamped: { name: Writes.NAME, stamp: alone ? stamp : undefined } };
  }
}
