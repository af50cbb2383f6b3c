import { isUtf8 } from 'node:buffer';

/** What a header may carry as it is: visible ASCII, spaces and tabs. */
const PLAIN = /^[\x20-\x7e\t]*$/;
/** The letters are small, or it is plain text. */
const ENCODED = /^=\?base64\?(.*)\?=$/;

/**
 * Whether a header says a value: as it is, or in `=?base64?…?=` where a header could not carry it.
 *
 * @see https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http
 */
export function saysText(header: string, value: string): boolean {
  if (header === value && PLAIN.test(value) && !value.startsWith('=?')) return true;
  return decodeHeader(header) === value;
}

/** A header's value as it is meant; undefined where it has characters or a base64 that cannot be. */
export function decodeHeader(header: string): string | undefined {
  const text = header.trim();
  if (!PLAIN.test(text)) return undefined;
  const [, encoded] = ENCODED.exec(text) ?? [];
  if (encoded === undefined) return text;
  const bytes = Buffer.from(encoded, 'base64');
  return bytes.toString('base64') === encoded && isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}
