import type { ContentBlock } from './types.js';

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
      return typeof block.resource === 'object' && block.resource !== null;
    default:
      return typeof block.uri === 'string';
  }
}

/** A block of text. */
export function textBlock(text: string): ContentBlock {
  return { type: 'text', text };
}

/** Bytes as an embedded resource. */
export function bytesBlock(bytes: Uint8Array): ContentBlock {
  const blob = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return {
    type: 'resource',
    resource: { uri: 'data:application/octet-stream', mimeType: 'application/octet-stream', blob },
  };
}
