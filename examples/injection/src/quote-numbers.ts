/** Numbers quotes, across all calls: there is one of these for the whole server. */
export class QuoteNumbers {
  #last = 0;

  next(): number {
    return ++this.#last;
  }
}
