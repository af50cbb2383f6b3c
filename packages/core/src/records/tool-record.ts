import type { InputRequired } from '../asking/input-required.js';
import type { CallContext } from '../context/call-context.js';
import { recordKind } from '../metadata/registry.js';
import type { ToolResult } from '../mcp/tool-result.js';
import type { CallToolResult, ToolAnnotations } from '../mcp/types.js';
import type { SchemaSource } from '../schema/schema.js';
import type { ComponentOptions } from './component-options.js';

/** What a tool says about itself beyond its method. */
export interface ToolOptions<I = unknown, O = unknown> extends ComponentOptions {
  /** What the arguments must be; the method's first parameter receives them. Default: what the parameters say. */
  readonly input?: SchemaSource<I>;
  /** What the method returns; published, and checked before it is sent. */
  readonly output?: SchemaSource<O>;
  /** Hints for clients on what a call does. */
  readonly annotations?: ToolAnnotations;
  /** How long a call may take, in milliseconds; then its signal aborts, and the call has failed. Default: no limit. */
  readonly timeoutMs?: number;
}

/** What a tool may return whose output is an `O`; a list of it is only read, and so may be readonly. */
export type Returns<O> =
  (O extends readonly unknown[] ? Readonly<O> : O) | ToolResult | CallToolResult | InputRequired;

/** How one argument differs from what its parameter says. */
export interface ArgOptions {
  /** Default: the text after `@param` in the doc comment. */
  readonly description?: string;
  /** Needed where the compiler writes no type, as esbuild does, or `number` should be `integer`. */
  readonly type?: 'string' | 'number' | 'integer' | 'boolean';
  /** A call may leave it out; the method then receives undefined, or the parameter's default. */
  readonly optional?: boolean;
  /** A schema of its own: a class with validators, a Standard Schema, or a JSON Schema. */
  readonly schema?: SchemaSource;
  /** Clients repeat it in the header `Mcp-Param-{header}`, for what routes by it on the way. Never for secrets. */
  readonly header?: string;
}

/** What @Arg writes. */
export interface ArgRecord {
  readonly name: string;
  readonly options: ArgOptions;
  /** Decorators of class-validator that the value has to pass. */
  readonly validators: readonly PropertyDecorator[];
  /** Makes of the argument what the method receives. */
  readonly resolve?: (value: unknown, context: CallContext) => Promise<unknown>;
}

/** The options of a method with @Tool. */
export const TOOL = recordKind<ToolOptions>('tool');
/** A parameter that receives all arguments; its schema where the type does not say it. */
export const ARGS = recordKind<SchemaSource | undefined>('args');
/** A parameter that receives one argument. */
export const ARG = recordKind<ArgRecord>('arg');
/** A parameter that receives the Context. */
export const CONTEXT = recordKind<true>('context');
