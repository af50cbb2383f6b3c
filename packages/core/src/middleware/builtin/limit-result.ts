import { textBlock } from '../../mcp/content.js';
import type { CallToolResult, ContentBlock } from '../../mcp/types.js';
import { fittingPrefix, jsonBytes } from './json-bytes.js';

/** What a result may take, and what says that something was cut off. */
export interface Limit {
  /** Of the result as JSON. */
  readonly maxBytes: number;
  readonly suffix: string;
  /** Whether clients check the structured content, and refuse a result without it. */
  readonly checked: boolean;
}

/**
 * A result that is not too large as it is; else the same cut to its limit.
 *
 * Blocks are kept in order as long as they fit, text is cut within, and whatever else does not fit is said to be left out. Structured
 * content is given whole or not at all; where clients would miss it, the result is an error, which they do not check.
 */
export function limitResult(result: CallToolResult, limit: Limit): CallToolResult {
  if (isSmall(result, limit.maxBytes) || jsonBytes(result) <= limit.maxBytes) return result;
  const { content, structuredContent, _meta, ...rest } = result;
  const fits = (kept: object): boolean =>
    jsonBytes({ ...kept, content: [textBlock(limit.suffix)] }) <= limit.maxBytes;
  const whole = structuredContent ? { ...rest, structuredContent } : rest;
  const isLost = structuredContent !== undefined && !fits(whole);
  const bare = isLost && limit.checked ? { ...rest, isError: true } : rest;
  const least = isLost ? bare : whole;
  const kept = _meta && fits({ ...least, _meta }) ? { ...least, _meta } : least;
  const room = limit.maxBytes - jsonBytes({ ...kept, content: [] });
  return { ...kept, content: fill(content, room, limit.suffix) };
}

/** The blocks that fit, the first text that does not cut to what is left, and the suffix. */
function fill(blocks: readonly ContentBlock[], room: number, suffix: string): ContentBlock[] {
  const filled: ContentBlock[] = [];
  const last = textBlock(suffix.trim());
  let left = room - jsonBytes(last);
  const take = (block: ContentBlock): boolean => {
    const bytes = jsonBytes(block) + 1;
    if (bytes > left) return false;
    filled.push(block);
    left -= bytes;
    return true;
  };
  for (const block of blocks) {
    if (take(block)) continue;
    if (block.type !== 'text') {
      take(textBlock(`[${block.type} of ${jsonBytes(block)} bytes left out]`));
      continue;
    }
    // What is cut carries the suffix itself, in place of the block that would have; what else it carries may be too large.
    const space = left + jsonBytes(last);
    const frames = [
      { ...block, text: suffix },
      { type: block.type, text: suffix },
    ];
    const frame = frames.find((each) => jsonBytes(each) <= space);
    if (!frame) break;
    return [...filled, { ...frame, text: fittingPrefix(block.text, space - jsonBytes(frame)) + suffix }];
  }
  return [...filled, last];
}

/** Whether text is so short that it cannot be too large, however it is escaped: most results are, and need not be written twice. */
function isSmall({ content, structuredContent, _meta }: CallToolResult, maxBytes: number): boolean {
  if (structuredContent || _meta || content.length > 4) return false;
  const length = content.reduce(
    (sum, block) =>
      block.type === 'text' && Object.keys(block).length === 2 ? sum + block.text.length * 6 + 200 : Infinity,
    100,
  );
  return length <= maxBytes;
}
