import { stampKey, type KeptAnswers } from './kept-answers.js';

/** The calls that may change something: some answers hold only until the next of them. */
export class Writes {
  /** What those answers depend on. */
  static readonly STAMP = stampKey('writes');
  readonly #kept: KeptAnswers;
  #begun = 0;
  #open = 0;

  constructor(kept: KeptAnswers) {
    this.#kept = kept;
  }

  /** Runs one; what depends on nothing having changed is void afterwards. */
  async run<R>(next: () => Promise<R>): Promise<R> {
    const end = this.begin();
    try {
      return await next();
    } finally {
      await end();
    }
  }

  /** Says that one begins. To be called when it ends: the stamp that its own answer holds for, unless another has run meanwhile. */
  begin(): () => Promise<unknown> {
    const own = ++this.#begun;
    const first = this.#open++ === 0;
    return async () => {
      const stamp = await this.#kept.outdate(Writes.STAMP);
      this.#open--;
      return first && own === this.#begun ? stamp : undefined;
    };
  }
}
