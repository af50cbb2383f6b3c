import { recordKind, registry, type Constructor } from '../metadata/registry.js';

/** The description of a field, written by a decorator. */
export const DESCRIPTION = recordKind<string>('description');

/** What a decorator says of a field of a class, or of the field that it inherits. */
export function writtenDescription(cls: Constructor, property: string): string | undefined {
  return registry.inherited(DESCRIPTION, cls).findLast((entry) => entry.method === property)?.record;
}
