import type { CallContext } from '../context/call-context.js';
import type { OutputShape } from '../mcp/tool-result.js';
import type { ToolDefinition } from '../mcp/types.js';
import type { MirroredArgument } from '../schema/mirrored-arguments.js';
import type { CompiledSchema } from '../schema/schema.js';
import type { ComponentRecord } from './component-record.js';

/** A tool, as a frozen record. */
export interface Tool extends ComponentRecord {
  readonly kind: 'tool';
  /** What `tools/list` says of it. */
  readonly definition: ToolDefinition;
  readonly input: CompiledSchema;
  readonly output: CompiledSchema | undefined;
  readonly outputShape: OutputShape;
  /** The arguments that clients repeat in headers. */
  readonly mirrored: readonly MirroredArgument[];
  /** How long a call may take, in milliseconds. */
  readonly timeoutMs: number | undefined;
  /** Calls the method behind it with validated arguments. */
  readonly run: (context: CallContext, args: unknown) => unknown;
}
