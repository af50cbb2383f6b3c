import { isDeepStrictEqual } from 'node:util';
import { bytesOf } from './bytes.js';
import { bytesBlock, isContentBlock, jsonText, textBlock, toBlock } from './content.js';
import { toPlain } from './plain.js';
import type { CallToolResult, ContentBlock } from './types.js';

const BRAND = Symbol.for('tenon.ToolResult');

/** A tool's result said in full, where what the method returns would say too little. */
export class ToolResult {
  readonly content: readonly ContentBlock[] | undefined;
  readonly structured: Readonly<Record<string, unknown>> | undefined;
  readonly isError: boolean;
  readonly meta: Readonly<Record<string, unknown>> | undefined;

  /** At least one of `content` and `structured` must be given; text alone may stand for its block. */
  constructor(parts: {
    content?: string | readonly ContentBlock[];
    structured?: Readonly<Record<string, unknown>>;
    isError?: boolean;
    meta?: Readonly<Record<string, unknown>>;
  }) {
    if (parts.content === undefined && parts.structured === undefined) {
      throw new TypeError('A ToolResult needs content, structured, or both');
    }
    this.content = typeof parts.content === 'string' ? [textBlock(parts.content)] : parts.content;
    this.structured = parts.structured;
    this.isError = parts.isError ?? false;
    this.meta = parts.meta;
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** Whether a value is a ToolResult, also one made by another copy of this package. */
  static is(value: unknown): value is ToolResult {
    return typeof value === 'object' && value !== null && BRAND in value;
  }
}

/** How a tool declared what it returns. */
export type OutputShape = 'none' | 'object' | 'wrapped';

/** Whatever a tool returned, as the protocol's result. `wrapped` puts a value that is no object under `result`. */
export function toToolResult(value: unknown, shape: OutputShape): CallToolResult {
  if (typeof value === 'string' && shape !== 'wrapped') return { content: [textBlock(value)] };
  if (ToolResult.is(value)) return fromToolResult(value);
  if (isCallToolResult(value)) return toPlain(value) as CallToolResult;
  if (shape === 'wrapped') {
    const result = toPlain(value) ?? null;
    return { content: contentOf(value, result), structuredContent: { result } };
  }
  if (value === undefined || value === null) return { content: [] };
  if (isContentBlock(value)) return { content: [value] };
  const bytes = bytesOf(value);
  if (bytes) return { content: [bytesBlock(bytes)] };
  const plain = toPlain(value);
  const content = contentOf(value, plain);
  return isObject(plain) ? { content, structuredContent: plain } : { content };
}

/** What a result says as data, as its tool declared it. */
export function structuredOf({ structuredContent }: CallToolResult, shape: OutputShape): unknown {
  return shape === 'wrapped' ? structuredContent?.result : structuredContent;
}

/** A result whose data is what the schema has made of it. A text that said only the data says the same. */
export function withStructured(result: CallToolResult, made: unknown, shape: OutputShape): CallToolResult {
  const returned = structuredOf(result, shape);
  if (made === returned) return result;
  const plain = toPlain(made) ?? null;
  if (isDeepStrictEqual(plain, returned)) return result;
  const saysOnlyThis = isDeepStrictEqual(result.content, contentOf(returned, returned));
  return {
    ...result,
    ...(saysOnlyThis && { content: contentOf(plain, plain) }),
    structuredContent: shape === 'wrapped' ? { result: plain } : (plain as Record<string, unknown>),
  };
}

/** A failed call, as the model reads it. */
export function failedToolResult(text: string): CallToolResult {
  return { content: [textBlock(text)], isError: true };
}

/** Whether a value is a result in the protocol's own form. */
export function isCallToolResult(value: unknown): value is CallToolResult {
  if (!isObject(value) || !Array.isArray(value.content)) return false;
  return (
    value.content.every(isContentBlock) &&
    (value.content.length > 0 || 'structuredContent' in value || 'isError' in value)
  );
}

function fromToolResult(value: ToolResult): CallToolResult {
  const structured = value.structured && (toPlain(value.structured, 'structured') as Record<string, unknown>);
  return {
    content: [...(value.content ?? [textBlock(JSON.stringify(structured))])],
    ...(structured && { structuredContent: structured }),
    ...(value.isError && { isError: true }),
    ...(value.meta && { _meta: toPlain(value.meta, '_meta') as Record<string, unknown> }),
  };
}

function contentOf(value: unknown, plain: unknown): ContentBlock[] {
  if (value === undefined || value === null) return [];
  if (typeof plain === 'string') return [textBlock(plain)];
  if (Array.isArray(value) && value.some(isContentBlock)) return value.map((item) => toBlock(item));
  return [textBlock(jsonText(plain))];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
