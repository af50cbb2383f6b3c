/** How many bytes a value takes as JSON. */
export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** As much of the beginning of a text as takes so many bytes in a JSON string; never half a character. */
export function fittingPrefix(text: string, bytes: number): string {
  let left = bytes;
  let end = 0;
  for (const character of text) {
    left -= bytesOf(character);
    if (left < 0) break;
    end += character.length;
  }
  return text.slice(0, end);
}

function bytesOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x10000) return 4;
  if (code < 0x20 || (code >= 0xd800 && code < 0xe000) || character === '"' || character === '\\')
    return jsonBytes(character) - 2;
  if (code < 0x80) return 1;
  return code < 0x800 ? 2 : 3;
}
