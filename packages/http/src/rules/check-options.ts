import { FrameworkError } from '@tenon/core';
import type { McpRulesOptions } from './mcp-rules.js';

/** Refuses options that contradict each other, before anything is served. */
export function checkOptions({
  stateless,
  resumable,
  sse,
}: McpRulesOptions & { readonly sse?: unknown }): void {
  if (!stateless) return;
  const needing = [...(resumable ? ['resumable'] : []), ...(sse ? ['sse'] : [])];
  if (needing.length === 0) return;
  throw new FrameworkError('ERR_SERVE_OPTIONS', {
    options: ['stateless', ...needing].join(' and '),
    cure: `Leave out "stateless", or ${needing.join(' and ')}: without sessions there is nothing to take up again and no stream that lasts.`,
  });
}
