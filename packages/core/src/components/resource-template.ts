import type { CallContext } from '../context/call-context.js';
import type { CacheHint } from '../mcp/cache-hint.js';
import type { ResourceTemplateDefinition } from '../mcp/types.js';
import type { CompiledSchema } from '../schema/schema.js';
import type { ComponentRecord } from './component-record.js';
import type { Completer } from './completer.js';

/** Resources behind a URI template, as a frozen record. */
export interface ResourceTemplate extends ComponentRecord {
  readonly kind: 'template';
  /** What `resources/templates/list` says of it. */
  readonly definition: ResourceTemplateDefinition;
  readonly input: CompiledSchema;
  readonly completers: ReadonlyMap<string, Completer>;
  /** The values a URI has for the variables; undefined where it is none of this template's. */
  match(uri: string): Readonly<Record<string, string>> | undefined;
  /** How long clients may keep what is read. */
  readonly cache: CacheHint | undefined;
  /** Calls the method behind it with validated values. */
  readonly run: (context: CallContext, args: unknown) => unknown;
}
