import type { CallContext } from '../context/call-context.js';
import type { CacheHint } from '../mcp/cache-hint.js';
import type { ResourceDefinition } from '../mcp/types.js';
import type { ComponentRecord } from './component-record.js';

/** A resource at a fixed URI, as a frozen record. */
export interface Resource extends ComponentRecord {
  readonly kind: 'resource';
  /** What `resources/list` says of it. */
  readonly definition: ResourceDefinition;
  /** How long clients may keep what is read. */
  readonly cache: CacheHint | undefined;
  /** Calls the method behind it; once a read, and never for a list. */
  readonly run: (context: CallContext) => unknown;
}
