import { Args, Injectable, Tool } from 'tenon';
import { Pair } from './pair.js';

/** The tool that is called. */
@Injectable()
export class Adder {
  /** Adds two numbers. */
  @Tool()
  add(@Args() { a, b }: Pair): string {
    return String(a + b);
  }
}
