import { isObject } from './guards.js';
import type { ClassInGroups, ClassOf } from './schema.js';

/**
 * A class of which only those decorators count that are in one of the groups: or that say `always: true`.
 *
 * As in class-validator, a decorator without groups is passed over then, and a field left without decorators is not known.
 * The class itself, without groups, is checked by all of its decorators.
 */
export function inGroups<T>(cls: ClassOf<T>, ...groups: readonly [string, ...string[]]): ClassInGroups<T> {
  return { '~class': cls, '~groups': groups };
}

/** Whether a schema is a class in some of its groups. */
export function isClassInGroups(source: unknown): source is ClassInGroups {
  return isObject(source) && typeof source['~class'] === 'function';
}
