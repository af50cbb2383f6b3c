import type { Catalog } from '../../catalog/catalog.js';
import type { CacheScope } from '../../catalog/view.js';
import type { Component } from '../../components/tool.js';
import type { Outcome } from '../../context/outcome.js';
import type { Era } from '../../mcp/era.js';
import type { Implementation } from '../../mcp/types.js';
import type { FindComponent, MessageCall } from '../../middleware/call.js';
import type { Chain } from '../../middleware/compose.js';
import type { Logger } from '../../telemetry/logger.js';

/** What the methods know of the server they belong to. */
export interface MethodHost {
  readonly info: Implementation;
  readonly instructions: string | undefined;
  readonly catalog: Catalog;
  readonly logger: Logger;
  /** What stands before one component, with its handler at the end. */
  chainOf(component: Component): Chain;
}

/** One method of the protocol: the eras that know it, and what it does. */
export interface Method {
  readonly name: string;
  readonly eras: readonly Era[];
  readonly kind: 'request' | 'notification';
  /** Finds the component a message names, for hooks to see. */
  readonly find?: FindComponent;
  run(call: MessageCall): unknown;
  /** The outcome a result becomes; by default the result itself. */
  outcome?(result: object, call: MessageCall): Outcome;
}

/** How long clients may keep a list, in milliseconds: not at all, as long as nothing tells them that it changed. */
const LIST_TTL_MS = 0;

/** A result with the hints for caches that the newer era asks for. */
export function withCacheHints(result: object, era: Era, cacheScope: CacheScope): object {
  return era === 'modern' ? { ...result, ttlMs: LIST_TTL_MS, cacheScope } : result;
}
