import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { keyText, nameWithin } from '../key-text.js';
import { tooLarge } from '../store-fault.js';

/** DynamoDB keeps so many bytes of an item, the names of its attributes counted. */
const MAX_BYTES = 400 * 1024;
const NAMES_BYTES = 64;
/** Of the attribute that names an item; DynamoDB would take 2048. */
const MAX_NAME = 1000;

/** An item as DynamoDB knows it. */
export type Item = Record<string, AttributeValue>;

/** The attributes of an item that holds a record: `gone` is for DynamoDB, in seconds; `expires` is exact. */
export function itemOf(
  store: string,
  record: { readonly key: string; readonly text: string; readonly expires: number | undefined },
): Item {
  const { key, text, expires } = record;
  const plain = keyText(key);
  const bytes = Buffer.byteLength(text) + 2 * plain.length + NAMES_BYTES;
  if (bytes > MAX_BYTES) throw tooLarge({ store, key }, { bytes, most: `${MAX_BYTES} at most` });
  return {
    ...nameOf(key),
    key: { S: plain },
    text: { S: text },
    ...(expires !== undefined && {
      expires: { N: String(expires) },
      gone: { N: String(Math.ceil(expires / 1000)) },
    }),
  };
}

/** What DynamoDB finds the item of a key by. */
export function nameOf(key: string): { readonly id: AttributeValue.SMember } {
  return { id: { S: nameWithin(MAX_NAME, key) } };
}

/** The text of an item's record; undefined where it is over, whether DynamoDB has deleted it already or not. */
export function textOf(item: Item | undefined, now: number): string | undefined {
  const { text, expires } = item ?? {};
  return expires?.N !== undefined && Number(expires.N) <= now ? undefined : text?.S;
}
