import { Args, Injectable, Tool, type ConcreteClass } from 'tenon';
import { Pair } from './pair.js';

/** A handler class with so many tools that are listed, not called: its decorators are applied in a loop. */
export function otherTools(count: number): ConcreteClass {
  @Injectable()
  class Others {}
  for (let index = 1; index <= count; index++) {
    const name = `other_${index}`;
    const descriptor = { value: ({ a, b }: Pair) => String(a + b), configurable: true, writable: true };
    Object.defineProperty(Others.prototype, name, descriptor);
    Args(Pair)(Others.prototype, name, 0);
    Tool({ name, description: `The tool ${name}.` })(Others.prototype, name, descriptor);
  }
  return Others;
}
