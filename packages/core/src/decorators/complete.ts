import { registry } from '../metadata/registry.js';
import { COMPLETE } from '../records/complete-record.js';
import type { DecoratorOf, Method } from './decorator-of.js';
import { methodOf, refuseBare } from './target.js';

/**
 * A method that suggests values for one argument: of a prompt, or a variable of a resource template.
 *
 * Its parameters are the arguments by name: the one being completed is a text, what has been typed of it; the others hold what
 * is known of them so far, read as their types. It returns a list, or `{ values, total, hasMore }`; beyond a hundred values the list is cut.
 *
 * @example `@Complete('plan', 'city') cities(city: string, country?: string) { … }`
 */
export function Complete(...given: [target: string, argument: string]): DecoratorOf<Method> {
  refuseBare("@Complete('target', 'argument')", given);
  const [target, argument] = given;
  return (owner, key) => {
    registry.write(COMPLETE, {
      ...methodOf('@Complete', owner, key),
      index: undefined,
      record: { target, argument },
    });
  };
}
