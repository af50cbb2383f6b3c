import type { Context } from '../context/context.js';
import type { SchemaSource } from '../schema/schema.js';
import type { PromptOptions } from './prompt-record.js';
import type { ResourceOptions } from './resource-record.js';
import type { Returns, ToolOptions } from './tool-record.js';

/** Suggestions for an argument: for what has been typed, knowing the other arguments. */
export type Suggest = (
  value: string,
  of: { readonly args: Readonly<Record<string, unknown>>; readonly context: Context },
) => unknown;

/** A tool without a class. */
export interface InlineTool<I = never, O = unknown> extends ToolOptions<I, O> {
  readonly name: string;
  run(args: I, context: Context): Returns<O> | Promise<Returns<O>>;
}

/** A resource, or by a template several, without a class. */
export interface InlineResource extends ResourceOptions {
  readonly name: string;
  /** A URI, or an RFC 6570 template: `weather://{city}/today`. */
  readonly uri: string;
  /** Suggestions for a template's variables, by name. */
  readonly complete?: Readonly<Record<string, Suggest>>;
  /** What the variables of a template must be. Default: strings. */
  readonly input?: SchemaSource;
  /** Called for each read, with the values of the variables. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what they are is up to the template
  run(values: any, context: Context): unknown;
}

/** A prompt without a class. */
export interface InlinePrompt<I = never> extends PromptOptions<I> {
  readonly name: string;
  /** Suggestions for arguments, by name. */
  readonly complete?: Readonly<Record<string, Suggest>>;
  run(args: I, context: Context): unknown;
}

/** A component without a class, as `tool()`, `resource()` or `prompt()` made it. */
export type InlineComponent =
  | { readonly kind: 'tool'; readonly of: InlineTool }
  | { readonly kind: 'resource'; readonly of: InlineResource }
  | { readonly kind: 'prompt'; readonly of: InlinePrompt };

/** A tool without a class: for `components` of a module, or for `app.add()`. Without `input` it takes no arguments. */
export function tool<I, O = unknown>(of: InlineTool<I, O>): InlineComponent {
  return { kind: 'tool', of: of as unknown as InlineTool };
}

/** A resource without a class, or by a URI template several: for `components` of a module, or for `app.add()`. */
export function resource(of: InlineResource): InlineComponent {
  return { kind: 'resource', of };
}

/** A prompt without a class: for `components` of a module, or for `app.add()`. Without `input` it takes no arguments. */
export function prompt<I>(of: InlinePrompt<I>): InlineComponent {
  return { kind: 'prompt', of: of as unknown as InlinePrompt };
}
