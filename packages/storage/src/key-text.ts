import { createHash } from 'node:crypto';

/**
 * A key as printable ASCII, for stores that do not take any string: other characters become `%` and four digits.
 *
 * No two keys become one, and what a key begins with, its text begins with as well.
 */
export function keyText(key: string): string {
  return key.replace(/[^\x20-\x24\x26-\x7e]/g, (unit) => `%${hex(unit)}`);
}

/** The key of a text that `keyText` made. */
export function plainKey(text: string): string {
  return text.replace(/%([0-9a-f]{4})/g, (_all, code: string) => String.fromCharCode(parseInt(code, 16)));
}

/** Above every text of a key that begins with a prefix, and below all others that come after it. */
export function endOf(prefix: string): string {
  return `${keyText(prefix)}\x7f`;
}

/** A name for a key in a store that bounds the length of names, or takes no empty ones: its text, or a hash of it. */
export function nameWithin(length: number, key: string): string {
  const text = keyText(key);
  return text.length < length ? `=${text}` : `#${createHash('sha256').update(text).digest('hex')}`;
}

function hex(unit: string): string {
  return unit.charCodeAt(0).toString(16).padStart(4, '0');
}
