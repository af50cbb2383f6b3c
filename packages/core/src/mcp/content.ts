import { base64, bytesOf } from './bytes.js';
import { toPlain } from './plain.js';
import type {
  BlobResourceContents,
  ContentBlock,
  EmbeddedResource,
  ResourceLink,
  TextResourceContents,
} from './types.js';

const TYPES: ReadonlySet<unknown> = new Set(['text', 'image', 'audio', 'resource', 'resource_link']);

/** Whether a value is a content block of the protocol. */
export function isContentBlock(value: unknown): value is ContentBlock {
  if (typeof value !== 'object' || value === null) return false;
  const block = value as Record<string, unknown>;
  if (!TYPES.has(block.type)) return false;
  switch (block.type) {
    case 'text':
      return typeof block.text === 'string';
    case 'image':
    case 'audio':
      return typeof block.data === 'string' && typeof block.mimeType === 'string';
    case 'resource':
      return isContents(block.resource);
    default:
      return typeof block.uri === 'string' && typeof block.name === 'string';
  }
}

/** Whether a value is what a resource holds, in the protocol's own form. */
export function isContents(value: unknown): value is TextResourceContents | BlobResourceContents {
  if (typeof value !== 'object' || value === null) return false;
  const { uri, text, blob } = value as Record<string, unknown>;
  return typeof uri === 'string' && (typeof text === 'string' || typeof blob === 'string');
}

/** Any value as one block: blocks as they are, bytes embedded, text as text, everything else as JSON text. */
export function toBlock(value: unknown, path = 'result'): ContentBlock {
  if (typeof value === 'string') return textBlock(value);
  if (isContentBlock(value)) return value;
  const bytes = bytesOf(value);
  if (bytes) return bytesBlock(bytes);
  const plain = toPlain(value, path);
  return textBlock(typeof plain === 'string' ? plain : jsonText(plain));
}

/** A block of text. */
export function textBlock(text: string): ContentBlock {
  return { type: 'text', text };
}

/** Plain data as JSON; what JSON has no word for is said as null. */
export function jsonText(plain: unknown): string {
  return JSON.stringify(plain) ?? 'null';
}

/** Bytes as an embedded resource. */
export function bytesBlock(bytes: Uint8Array): ContentBlock {
  return embedded({ uri: 'data:application/octet-stream', blob: bytes });
}

/** A block that holds a resource itself: its text, or its bytes. */
export function embedded(
  of: { readonly uri: string; readonly mimeType?: string } & (
    { readonly text: string; readonly blob?: never } | { readonly blob: Uint8Array; readonly text?: never }
  ),
): EmbeddedResource {
  const { uri, text, blob } = of;
  if ((text === undefined) === (blob === undefined))
    throw new TypeError('embedded() takes exactly one of text and blob');
  if (text !== undefined)
    return { type: 'resource', resource: { uri, mimeType: of.mimeType ?? 'text/plain', text } };
  const mimeType = of.mimeType ?? 'application/octet-stream';
  return { type: 'resource', resource: { uri, mimeType, blob: base64(blob) } };
}

/** A block that points to a resource, which the client may then read. */
export function resourceLink(to: Omit<ResourceLink, 'type'> & { uri: string; name: string }): ResourceLink {
  return { ...to, type: 'resource_link' };
}
