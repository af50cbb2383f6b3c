import type { Lifetime } from '../di/lifetime.js';
import type { ComponentOptions } from '../records/component-options.js';
import type { InlinePrompt, InlineResource, InlineTool } from '../records/inline-component.js';
import type { ADDED_LISTS, DynamicModule, ModuleOptions } from '../records/module-record.js';
import type { PromptOptions } from '../records/prompt-record.js';
import type { ResourceOptions } from '../records/resource-record.js';
import type { ArgOptions, ToolOptions } from '../records/tool-record.js';

/** What the value of an option has to be. */
export interface OptionShape {
  /** Reads on from "Give it": `a string`. */
  readonly expected: string;
  /** The options inside, where the value is an object of some. */
  readonly inside?: OptionShapes;
  /** Whether undefined is a mistake too, rather than an option left out. */
  readonly demanded?: true;
  admits(value: unknown): boolean;
}

/** The options of one kind, by name. */
export type OptionShapes = Readonly<Record<string, OptionShape>>;
/** A shape for each option of a type: a new option without one does not compile. */
type ShapesOf<T> = Readonly<Record<keyof T & string, OptionShape>>;

const shape = (expected: string, admits: (value: unknown) => boolean): OptionShape => ({ expected, admits });
const oneOf = (...values: readonly string[]): OptionShape =>
  shape(`one of ${values.map((each) => `"${each}"`).join(', ')}`, (value) =>
    values.includes(value as string),
  );
const listOf = (what: string, admits: (value: unknown) => boolean = () => true): OptionShape =>
  shape(`a list of ${what}`, (value) => Array.isArray(value) && value.every(admits));

const isText = (value: unknown): boolean => typeof value === 'string';
const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const TEXT = shape('a string', isText);
const FLAG = shape('true or false', (value) => typeof value === 'boolean');
const OBJECT = shape('an object', isObject);
const demanded = (of: OptionShape): OptionShape => ({ ...of, demanded: true });
const FUNCTION = demanded(shape('a function', (value) => typeof value === 'function'));
const TEXTS = listOf('strings', isText);
const SCHEMA = demanded(
  shape(
    'a class with class-validator decorators, a Standard Schema or a JSON Schema; it is undefined where files import each other',
    (value) => typeof value === 'function' || isObject(value),
  ),
);
const object = (inside: OptionShapes): OptionShape => ({ ...OBJECT, inside });
const number = (what: string, admits: (value: number) => boolean): OptionShape =>
  shape(what, (value) => typeof value === 'number' && admits(value));
/** What a list of a server's own classes or objects holds is checked where the list is read. */
const LIST = shape('a list', Array.isArray);
/** What is told where it is read, if it is wrong. */
const ANY = shape('something', () => true);

const COMPONENT: ShapesOf<ComponentOptions> = {
  name: TEXT,
  title: TEXT,
  description: TEXT,
  version: TEXT,
  tags: TEXTS,
  icons: listOf('icons, as in [Icon({ url })]', (value) => isObject(value) || typeof value === 'function'),
  meta: OBJECT,
  enabled: FLAG,
};

const TOOL: ShapesOf<ToolOptions> = {
  ...COMPONENT,
  input: SCHEMA,
  output: SCHEMA,
  annotations: object({
    title: TEXT,
    readOnlyHint: FLAG,
    destructiveHint: FLAG,
    idempotentHint: FLAG,
    openWorldHint: FLAG,
  }),
  timeoutMs: number('a number of milliseconds above 0', (value) => value > 0 && Number.isFinite(value)),
};

const RESOURCE: ShapesOf<ResourceOptions> = {
  ...COMPONENT,
  mimeType: TEXT,
  annotations: object({
    audience: listOf('"user" and "assistant"', (value) => value === 'user' || value === 'assistant'),
    priority: number('a number from 0 to 1', (value) => value >= 0 && value <= 1),
    lastModified: TEXT,
  }),
  size: number('a number of bytes', (value) => value >= 0 && Number.isInteger(value)),
  // Told with what is wrong where it is read.
  cache: ANY,
  pathSecurity: shape('true, false or { exempt: [names of variables] }', isPathSecurity),
};

const PROMPT: ShapesOf<PromptOptions> = { ...COMPONENT, input: SCHEMA };
const ARG: ShapesOf<ArgOptions> = {
  description: TEXT,
  type: oneOf('string', 'number', 'integer', 'boolean'),
  optional: FLAG,
  schema: SCHEMA,
  header: TEXT,
};
const INJECTABLE = {
  lifetime: oneOf(...(['app', 'session', 'request', 'transient'] satisfies Lifetime[])),
  sessionless: oneOf('request', 'principal'),
};
const INLINE = { name: demanded(TEXT), run: FUNCTION };

/** What the options of each decorator and each component without a class have to be. */
export const SHAPES = {
  tool: TOOL,
  resource: RESOURCE,
  prompt: PROMPT,
  arg: ARG,
  injectable: INJECTABLE,
  inlineTool: { ...TOOL, ...INLINE } satisfies ShapesOf<InlineTool>,
  inlineResource: {
    ...RESOURCE,
    ...INLINE,
    uri: demanded(TEXT),
    input: SCHEMA,
    complete: OBJECT,
  } satisfies ShapesOf<InlineResource>,
  inlinePrompt: { ...PROMPT, ...INLINE, complete: OBJECT } satisfies ShapesOf<InlinePrompt>,
} satisfies Readonly<Record<string, OptionShapes>>;

const ADDED = {
  imports: LIST,
  providers: LIST,
  exports: LIST,
  lifespans: LIST,
  handlers: LIST,
  components: listOf('components made by tool(), resource() or prompt()', isInline),
  middleware: LIST,
} satisfies ShapesOf<Pick<ModuleOptions, (typeof ADDED_LISTS)[number]>>;

/** What the options of a dynamic module have to be. */
export const DYNAMIC_SHAPES: ShapesOf<DynamicModule> = { module: ANY, global: FLAG, ...ADDED };

/** What the options of a module have to be. */
export const MODULE_SHAPES: ShapesOf<ModuleOptions> = {
  name: TEXT,
  version: TEXT,
  instructions: TEXT,
  websiteUrl: shape('an absolute URL', (value) => isText(value) && URL.canParse(value as string)),
  icons: COMPONENT.icons,
  ...ADDED,
  global: FLAG,
  onDuplicate: oneOf('error', 'warn', 'replace', 'ignore'),
  listTtlMs: ANY,
  pageSize: number('a whole number above 0', (value) => value > 0 && Number.isInteger(value)),
  secrets: listOf('strings of at least 32 characters', isSecret),
  currentContext: FLAG,
  sampling: object({ handler: ANY, always: FLAG }),
  validation: oneOf('lax', 'strict'),
  expose: oneOf('errors'),
  logLevel: oneOf('trace', 'debug', 'info', 'warn', 'error', 'silent'),
};

function isSecret(value: unknown): boolean {
  return isText(value) && (value as string).length >= 32;
}

function isInline(value: unknown): boolean {
  const { kind, of } = (value ?? {}) as { readonly kind?: unknown; readonly of?: unknown };
  return ['tool', 'resource', 'prompt'].includes(kind as string) && isObject(of);
}

function isPathSecurity(value: unknown): boolean {
  if (typeof value === 'boolean') return true;
  const { exempt } = (value ?? {}) as { readonly exempt?: unknown };
  return Array.isArray(exempt) && exempt.every(isText);
}
