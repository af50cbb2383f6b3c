import type { CallContext } from '../context/call-context.js';
import type { PromptDefinition } from '../mcp/types.js';
import type { CompiledSchema } from '../schema/schema.js';
import type { Completer } from './completer.js';
import type { ComponentRecord } from './component-record.js';

/** A prompt and its arguments, as a frozen record. */
export interface Prompt extends ComponentRecord {
  readonly kind: 'prompt';
  /** What `prompts/list` says of it. */
  readonly definition: PromptDefinition;
  readonly input: CompiledSchema;
  readonly completers: ReadonlyMap<string, Completer>;
  /** Calls the method behind it with validated arguments. */
  readonly run: (context: CallContext, args: unknown) => unknown;
}
