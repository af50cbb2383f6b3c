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
  const least = jsonBytes({ ...rest, content: [textBlock(limit.suffix)] });
  const fits = (part: object): boolean => least + jsonBytes(part) <= limit.maxBytes;
  const structured = structuredContent && fits({ structuredContent }) ? { structuredContent } : {};
  const meta = _meta && fits({ ...structured, _meta }) ? { _meta } : {};
  const lost = structuredContent !== undefined && !('structuredContent' in structured);
  const kept = { ...rest, ...structured, ...meta, ...(lost && limit.checked && { isError: true }) };
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
    // What is cut carries the suffix itself, in place of the block that would have.
    const bare = jsonBytes({ ...block, text: suffix });
    return [...filled, { ...block, text: fittingPrefix(block.text, left + jsonBytes(last) - bare) + suffix }];
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
