import { base64, bytesOf } from './bytes.js';
import { isContentBlock, isContents, jsonText } from './content.js';
import { NotPlain, toPlain } from './plain.js';
import type { BlobResourceContents, ReadResourceResult, TextResourceContents } from './types.js';

const BRAND = Symbol.for('tenon.ResourceResult');

/** Contents in the protocol's own form. */
type Contents = TextResourceContents | BlobResourceContents;

/** One of several contents of a resource. */
export interface ResourceContent {
  /** Text, bytes, or a value that is sent as JSON. */
  readonly content: unknown;
  /** Where it can be read by itself; the URI that was read unless told otherwise. */
  readonly uri?: string;
  readonly mimeType?: string;
  readonly meta?: Readonly<Record<string, unknown>>;
}

/** A resource said in full, where what the method returns would say too little: several contents, each of its type. */
export class ResourceResult {
  readonly contents: readonly (ResourceContent | Contents)[];
  readonly meta: Readonly<Record<string, unknown>> | undefined;

  /** Takes one content at least. */
  constructor(
    contents: readonly (ResourceContent | Contents)[],
    options: { readonly meta?: Readonly<Record<string, unknown>> } = {},
  ) {
    if (contents.length === 0) throw new TypeError('A ResourceResult needs at least one content');
    this.contents = contents;
    this.meta = options.meta;
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** Whether a value is a ResourceResult, also one made by another copy of this package. */
  static is(value: unknown): value is ResourceResult {
    return typeof value === 'object' && value !== null && BRAND in value;
  }
}

/** What is known of a resource before it is read. */
export interface ResourceBeingRead {
  /** The URI as the client asked for it. */
  readonly uri: string;
  /** The media type its author declared. */
  readonly mimeType: string | undefined;
  /** Goes with each of its contents. */
  readonly meta?: Readonly<Record<string, unknown>> | undefined;
}

/** Whatever a resource returned, as the protocol's result; throws NotPlain for nothing, and for what cannot be sent. */
export function toResourceResult(value: unknown, of: ResourceBeingRead): ReadResourceResult {
  if (ResourceResult.is(value)) {
    const contents = value.contents.map((each, i) => contentsOf(each, of, `contents[${i}]`));
    return {
      contents,
      ...(value.meta && { _meta: toPlain(value.meta, '_meta') as Record<string, unknown> }),
    };
  }
  if (isReadResult(value)) return toPlain(value) as ReadResourceResult;
  return { contents: [toContents(value, of, 'result')] };
}

/** Whether a value is a result in the protocol's own form. */
function isReadResult(value: unknown): value is ReadResourceResult {
  if (typeof value !== 'object' || value === null) return false;
  const { contents } = value as { contents?: unknown };
  return Array.isArray(contents) && contents.length > 0 && contents.every(isContents);
}

function contentsOf(each: ResourceContent | Contents, of: ResourceBeingRead, path: string): Contents {
  if (isContents(each)) return toPlain(each, path) as Contents;
  const { content, uri = of.uri, mimeType = of.mimeType, meta } = each;
  return toContents(content, { uri, mimeType, meta: meta ? { ...of.meta, ...meta } : of.meta }, path);
}

function toContents(value: unknown, of: ResourceBeingRead, path: string): Contents {
  const known = {
    uri: of.uri,
    ...(of.meta && { _meta: toPlain(of.meta, '_meta') as Record<string, unknown> }),
  };
  const typed = (type: string): string => of.mimeType ?? type;
  if (typeof value === 'string') return { ...known, mimeType: typed('text/plain'), text: value };
  const bytes = bytesOf(value);
  if (bytes) return { ...known, mimeType: typed('application/octet-stream'), blob: base64(bytes) };
  if (isContentBlock(value)) {
    if (value.type === 'image' || value.type === 'audio')
      return { ...known, mimeType: typed(value.mimeType), blob: value.data };
    if (value.type === 'resource') {
      const type = 'blob' in value.resource ? 'application/octet-stream' : 'text/plain';
      return { ...value.resource, ...known, mimeType: typed(value.resource.mimeType ?? type) };
    }
  }
  const plain = toPlain(value, path);
  if (plain === undefined || plain === null)
    throw new NotPlain(`${String(value)} (return text, bytes or a value)`, path);
  if (typeof plain === 'string') return { ...known, mimeType: typed('text/plain'), text: plain };
  return { ...known, mimeType: typed('application/json'), text: jsonText(plain) };
}
