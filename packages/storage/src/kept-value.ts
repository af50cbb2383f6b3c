import { storedValue } from '@tenon/core';
import { warnOnce } from './warn-once.js';

/**
 * The value of the text of a record, if there is one; a text that no store has written counts as missing, which is told.
 *
 * Without the text: there may be secrets in it.
 */
export function keptValue(
  text: string | undefined,
  of: { readonly store: string; readonly key: string },
): unknown {
  if (text === undefined) return undefined;
  try {
    return storedValue(text);
  } catch {
    const below = of.key.slice(0, of.key.indexOf('/') + 1);
    warnOnce(
      `A record below "${below}" in ${of.store} is damaged, or of another program, and counts as missing`,
    );
    return undefined;
  }
}
