import type { CallContext } from '../context/call-context.js';
import type { OutputShape } from '../mcp/tool-result.js';
import type { ToolDefinition } from '../mcp/types.js';
import type { CompiledSchema } from '../schema/schema.js';

/** The kinds of component a server offers. */
export type ComponentKind = 'tool';

/** What every component has. */
export interface ComponentRecord {
  readonly kind: ComponentKind;
  readonly name: string;
  readonly version: string | undefined;
  /** `kind:name@version`, its identity. */
  readonly key: string;
  readonly tags: ReadonlySet<string>;
  /** Class and method behind it, for error texts. */
  readonly origin: string;
}

/** A tool, as a frozen record. */
export interface Tool extends ComponentRecord {
  readonly kind: 'tool';
  /** What `tools/list` says of it. */
  readonly definition: ToolDefinition;
  readonly input: CompiledSchema;
  readonly output: CompiledSchema | undefined;
  readonly outputShape: OutputShape;
  /** Calls the method behind it with validated arguments. */
  readonly run: (context: CallContext, args: unknown) => unknown;
}

/** Any component. */
export type Component = Tool;

/** The identity of a component. */
export function componentKey(kind: ComponentKind, name: string, version?: string): string {
  return `${kind}:${name}@${version ?? ''}`;
}
