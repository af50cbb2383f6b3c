import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';

/** The text of a tool's result, as the model reads it. */
export function textOf({ content }: CallToolResult): string {
  return content.map((block) => (block.type === 'text' ? block.text : `(${block.type})`)).join('\n');
}
