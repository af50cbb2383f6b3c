import { Mistakes } from '../../errors/mistakes.js';
import { checkGiven } from '../../modules/check-options.js';
import type { OptionShapes } from '../../records/option-shape.js';

/** Options as they were given; throws every mistake in them at once, where an instance is made by hand. */
export function checked<O extends object>(owner: string, options: O, shapes: OptionShapes): O {
  const mistakes = new Mistakes();
  checkGiven(owner, options, { shapes, mistakes });
  mistakes.throwIfAny(owner);
  return options;
}
