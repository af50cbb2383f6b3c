import { isUint8Array } from 'node:util/types';

/** No JSON text begins like this. */
const BYTES = 'b';

/**
 * The text a store keeps of a value: JSON, or bytes where the value is a Uint8Array.
 *
 * @throws {TypeError} for what is neither.
 */
export function storedText(key: string, value: unknown): string {
  if (isUint8Array(value))
    return BYTES + Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (cause) {
    throw new TypeError(`${notStored(key)}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
  if (text === undefined) throw new TypeError(`${notStored(key)}: it is no JSON`);
  return text;
}

/** The value of a text that `storedText` made. */
export function storedValue(text: string): unknown {
  return text.startsWith(BYTES)
    ? new Uint8Array(Buffer.from(text.slice(BYTES.length), 'base64'))
    : (JSON.parse(text) as unknown);
}

function notStored(key: string): string {
  return `The value for ${JSON.stringify(key.slice(0, 80))} cannot be stored`;
}
