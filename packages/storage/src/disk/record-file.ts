import { createHash } from 'node:crypto';

/** One record as it lies on the disk. */
export interface DiskRecord {
  readonly key: string;
  readonly text: string;
  /** When it is gone, in milliseconds since 1970. */
  readonly expires: number | undefined;
}

const FORMAT = 'tenon-record-1';

/** A record as the text of its file: a sum over what follows, the key and its end, the value. */
export function writeRecord({ key, text, expires }: DiskRecord): string {
  const body = `${JSON.stringify({ key, expires })}\n${text}`;
  return `${FORMAT} ${sumOf(body)}\n${body}`;
}

/** The record in the text of a file; undefined if it is torn, changed or something else. */
export function readRecord(content: string): DiskRecord | undefined {
  const first = content.indexOf('\n');
  const second = content.indexOf('\n', first + 1);
  if (first < 0 || second < 0) return undefined;
  if (content.slice(0, first) !== `${FORMAT} ${sumOf(content.slice(first + 1))}`) return undefined;
  const { key, expires } = JSON.parse(content.slice(first + 1, second)) as {
    readonly key: string;
    readonly expires?: number;
  };
  return { key, expires, text: content.slice(second + 1) };
}

/** The name of the file of a key, which says nothing of it. */
export function nameOf(key: string): string {
  // Every string has bytes of its own in UTF-16; in UTF-8 halves of a pair have none.
  return createHash('sha256').update(Buffer.from(key, 'utf16le')).digest('hex');
}

function sumOf(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}
