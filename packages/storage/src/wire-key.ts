/**
 * A key as text that any server keeps as it is: what UTF-8 has no bytes for, halves of a pair, is written out.
 *
 * No two keys become one, and prefixes stay prefixes.
 */
export function wireKey(key: string): string {
  return key.replace(
    /\p{Surrogate}|\ufffd/gu,
    (char) => `\ufffd${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The key of a text that `wireKey` made. */
export function fromWireKey(text: string): string {
  return text.replace(/\ufffd([0-9a-f]{4})/g, (_whole, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
