import { Args, Injectable, Tool } from 'tenon';
import { Pair } from './pair.js';

/** What is made anew for every call. */
@Injectable({ lifetime: 'request' })
export class Sum {
  #total = 0;

  plus(value: number): this {
    this.#total += value;
    return this;
  }

  toString(): string {
    return String(this.#total);
  }
}

/** The same tool, adding by means of a provider that lives as long as the call. */
@Injectable()
export class ScopedAdder {
  /** Adds two numbers. */
  @Tool()
  add(@Args() { a, b }: Pair, sum: Sum): string {
    return sum.plus(a).plus(b).toString();
  }
}
