import { componentKey } from '../components/component-record.js';
import type { Completer } from '../components/completer.js';
import type { ResourceTemplate } from '../components/resource-template.js';
import type { Resource } from '../components/resource.js';
import { FrameworkError } from '../errors/framework-error.js';
import { together } from '../errors/mistakes.js';
import { isCacheHint } from '../mcp/cache-hint.js';
import { leavesItsPlace } from '../mcp/path-guard.js';
import { UriTemplateSyntax } from '../mcp/uri-template-syntax.js';
import { UriTemplate } from '../mcp/uri-template.js';
import type { ResourceOptions, ResourceRecord } from '../records/resource-record.js';
import { fromStrings } from '../schema/coercion.js';
import { refuseMirrored } from '../schema/mirrored-arguments.js';
import { checkVariables } from './check-variables.js';
import { admitted } from './check-options.js';
import type { CompileHost } from './compile-host.js';
import { SHAPES } from './option-shapes.js';
import type { HandlerMethod } from './parameter-source.js';
import { runnable, type Runnable } from './runnable.js';
import { saidOf, withTraits } from './said-of.js';

/** What a resource is made of besides its options. */
export interface ResourceParts {
  readonly uri: string;
  readonly name: string;
  readonly label: string;
  readonly description: string | undefined;
  readonly websiteUrl: string | undefined;
  runnable(): Runnable;
  readonly completers: ReadonlyMap<string, Completer>;
}

/** A decorated method as a resource, or as a template, that can be read. */
export function compileResource(
  method: HandlerMethod,
  { uri, options: given }: ResourceRecord,
  host: CompileHost,
): Resource | ResourceTemplate {
  const by = { shapes: SHAPES.resource, mistakes: host.mistakes };
  const options = withTraits(admitted(method, given, by), method);
  return resourceOf(options, {
    uri,
    name: options.name ?? method.name,
    label: method.label,
    description: method.text?.doc?.description,
    websiteUrl: host.websiteUrl,
    runnable: () => runnable(method, { description: options.description }),
    completers: host.completersOf(uri),
  });
}

/** A resource of its options, its URI and of what it runs; a URI with variables is a template. */
export function resourceOf(options: ResourceOptions, parts: ResourceParts): Resource | ResourceTemplate {
  const { said, template, cache, input, run } = checked(options, parts);
  const { size } = options;
  const published = publishedOf(options, said);
  const common = {
    id: parts.uri,
    name: parts.name,
    version: options.version,
    tags: new Set(options.tags),
    origin: parts.label,
    enabled: options.enabled ?? true,
    caching: options.caching,
    cache,
  };
  if (!template) {
    return Object.freeze<Resource>({
      ...common,
      kind: 'resource',
      key: componentKey('resource', parts.uri, options.version),
      definition: { uri: parts.uri, ...published, ...(size !== undefined && { size }) },
      run: (context) => run(context, {}),
    });
  }
  return Object.freeze<ResourceTemplate>({
    ...common,
    kind: 'template',
    key: componentKey('template', parts.uri, options.version),
    definition: { uriTemplate: parts.uri, ...published },
    input: fromStrings(input),
    completers: parts.completers,
    match: guarded(template, options.pathSecurity ?? true),
    run,
  });
}

/** What goes into a resource, if nothing is wrong with it. */
function checked(options: ResourceOptions, parts: ResourceParts) {
  const { label } = parts;
  const { runs, ...found } = together(label, {
    said: () => saidOf(options, { ...parts, where: label }),
    template: () => parseUri(parts),
    runs: () => parts.runnable(),
    cache: () => hintOf(options, label),
  });
  checkVariables({ ...parts, ...runs }, found.template);
  refuseMirrored(runs.input.json, label);
  return { ...found, ...runs };
}

function hintOf({ cache }: ResourceOptions, where: string): ResourceOptions['cache'] {
  if (!cache || isCacheHint(cache)) return cache;
  throw new FrameworkError('ERR_CACHE_HINT', { where, seen: JSON.stringify(cache) });
}

/** What is published of a resource and of a template alike. */
function publishedOf({ mimeType, annotations }: ResourceOptions, said: ReturnType<typeof saidOf>) {
  return { ...said, ...(mimeType !== undefined && { mimeType }), ...(annotations && { annotations }) };
}

/** A URI as a template; undefined where it has no variables. */
function parseUri({ uri, label }: ResourceParts): UriTemplate | undefined {
  const refuse = (problem: string): never => {
    throw new FrameworkError('ERR_RESOURCE_URI', {
      method: label,
      uri,
      problem,
      example: 'user://{id}/profile',
    });
  };
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:/.test(uri)) return refuse('it has no scheme');
  if (/[\s<>"\\^`|]/.test(uri)) return refuse('it has characters no URI may have');
  if (!/[{}]/.test(uri)) return undefined;
  try {
    return UriTemplate.parse(uri);
  } catch (error) {
    if (error instanceof UriTemplateSyntax) return refuse(error.message);
    throw error;
  }
}

/** Values that would leave their place are those of a URI that does not exist. */
function guarded(
  template: UriTemplate,
  security: NonNullable<ResourceOptions['pathSecurity']>,
): ResourceTemplate['match'] {
  if (security === false) return (uri) => template.match(uri);
  const exempt = new Set(security === true ? [] : security.exempt);
  return (uri) => {
    const values = template.match(uri);
    if (!values) return undefined;
    for (const [name, value] of Object.entries(values))
      if (!exempt.has(name) && leavesItsPlace(value)) return undefined;
    return values;
  };
}
