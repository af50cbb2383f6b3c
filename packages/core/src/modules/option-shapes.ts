import { isCaching } from '../components/caching.js';
import type { Lifetime } from '../di/lifetime.js';
import type { ComponentOptions } from '../records/component-options.js';
import type { InlinePrompt, InlineResource, InlineTool } from '../records/inline-component.js';
import type { Varies } from '../context/varies.js';
import type { MiddlewareRole } from '../middleware/doubtful-order.js';
import type { MiddlewareTraits } from '../records/middleware-record.js';
import type { ADDED_LISTS, DynamicModule, ModuleOptions, StateOptions } from '../records/module-record.js';
import {
  demanded,
  FLAG,
  FUNCTION,
  isObject,
  isText,
  listOf,
  MILLISECONDS,
  number,
  object,
  OBJECT,
  oneOf,
  shape,
  TEXT,
  type OptionShapes,
  type ShapesOf,
} from '../records/option-shape.js';
import type { PromptOptions } from '../records/prompt-record.js';
import type { ResourceOptions } from '../records/resource-record.js';
import type { ArgOptions, ToolOptions } from '../records/tool-record.js';

const TEXTS = listOf('strings', isText);
const SCHEMA = demanded(
  shape(
    'a class with class-validator decorators, a Standard Schema or a JSON Schema; it is undefined where files import each other',
    // What is wrong with a list is told where schemas are read.
    (value) => typeof value === 'function' || isObject(value) || Array.isArray(value),
  ),
);
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
  caching: shape('false, or { ttlSeconds, scope }: seconds above 0, and "public" or "private"', isCaching),
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
  timeoutMs: MILLISECONDS,
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
const MIDDLEWARE: ShapesOf<MiddlewareTraits> = {
  role: oneOf(...(['errors', 'access', 'limit', 'answers', 'retry'] satisfies MiddlewareRole[])),
  varies: oneOf(...(['never', 'principal', 'session', 'call'] satisfies Varies[])),
  options: OBJECT,
  check: FUNCTION,
  unchecked: FLAG,
  hooks: FUNCTION,
};
const INLINE = { name: demanded(TEXT), run: demanded(FUNCTION) };

/** What the options of each decorator and each component without a class have to be. */
export const SHAPES = {
  tool: TOOL,
  resource: RESOURCE,
  prompt: PROMPT,
  arg: ARG,
  injectable: INJECTABLE,
  middleware: MIDDLEWARE,
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

const ABOVE_0 = number('a whole number above 0', (value) => value > 0 && Number.isInteger(value));
const STATE: ShapesOf<StateOptions> = { store: ANY, ttlMs: ABOVE_0, maxBytes: ABOVE_0, maxHandles: ABOVE_0 };

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
  pageSize: ABOVE_0,
  secrets: listOf('strings of at least 32 characters', isSecret),
  currentContext: FLAG,
  sampling: object({ handler: ANY, always: FLAG }),
  state: object(STATE),
  storage: shape('a store, as in new DiskStore({ path })', hasMethods('open', 'get', 'set')),
  bus: shape('a bus, as in new RedisBus({ url })', hasMethods('open', 'publish', 'append')),
  validation: oneOf('lax', 'strict'),
  expose: oneOf('errors'),
  logLevel: oneOf('trace', 'debug', 'info', 'warn', 'error', 'silent'),
};

function hasMethods(...names: readonly string[]): (value: unknown) => boolean {
  return (value) =>
    isObject(value) &&
    names.every((name) => typeof (value as Readonly<Record<string, unknown>>)[name] === 'function');
}

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
