import { isCaching } from '../components/caching.js';
import { FrameworkError } from '../errors/framework-error.js';
import type { IconDefinition, ToolAnnotations } from '../mcp/types.js';
import { resolveIcon } from '../mcp/icon.js';
import { registry, type Entry } from '../metadata/registry.js';
import type { ComponentOptions } from '../records/component-options.js';
import { TRAIT, type Trait } from '../records/trait-record.js';
import { SHAPES } from './option-shapes.js';
import type { HandlerMethod } from './parameter-source.js';

/** What is published of every component, whatever its kind. */
export interface Said {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly icons?: IconDefinition[];
  readonly _meta?: Record<string, unknown>;
}

/** The options of a component, with the traits of its method and its class put in. */
export function withTraits<O extends ComponentOptions>(
  options: O,
  method: HandlerMethod,
): O & { readonly annotations?: ToolAnnotations } {
  const said = registry.inherited(TRAIT, method.owner);
  const traits = [...traitsOf(said, undefined), ...traitsOf(said, method.name)];
  if (traits.length === 0) return options;
  const all: readonly Trait[] = [...traits, options];
  const list = <K extends 'tags' | 'icons'>(key: K) =>
    all.flatMap((each) => (each[key] ?? []) as readonly never[]);
  const merge = (key: 'meta' | 'annotations') => Object.assign({}, ...all.map((each) => each[key])) as object;
  const annotations = merge('annotations');
  const caching = cachingOf(all, method);
  return {
    ...options,
    tags: [...new Set(list('tags'))],
    icons: list('icons'),
    meta: merge('meta'),
    enabled: all.every((each) => each.enabled !== false),
    ...(Object.keys(annotations).length > 0 && { annotations }),
    ...(caching !== undefined && { caching }),
  };
}

/** What a component's options say of it, as clients see it. */
export function saidOf(
  options: ComponentOptions,
  of: { name: string; where: string; description: string | undefined; websiteUrl: string | undefined },
): Said {
  const { title, tags = [], icons = [] } = options;
  const description = options.description ?? of.description;
  const meta = { ...options.meta, ...(tags.length > 0 && { 'tenon/tags': [...tags] }) };
  const place = { where: of.where, ...(of.websiteUrl !== undefined && { websiteUrl: of.websiteUrl }) };
  return {
    name: of.name,
    ...(title !== undefined && { title }),
    ...(description && { description }),
    ...(icons.length > 0 && { icons: icons.map((icon) => resolveIcon(icon, place)) }),
    ...(Object.keys(meta).length > 0 && { _meta: meta }),
  };
}

/** The nearest that is said of it: the method's before the class's. */
function cachingOf(all: readonly Trait[], { label }: HandlerMethod): Trait['caching'] {
  const caching = all.map((each) => each.caching).findLast((each) => each !== undefined);
  if (caching === undefined || isCaching(caching)) return caching;
  const { expected } = SHAPES.tool.caching;
  throw new FrameworkError('ERR_OPTION_VALUE', {
    owner: `@Cache of ${label}`,
    option: 'caching',
    seen: JSON.stringify(caching),
    expected,
  });
}

/** Decorators are written bottom up, and read top down. */
function traitsOf(said: readonly Entry<Trait>[], method: string | undefined): readonly Trait[] {
  return said
    .filter((entry) => entry.method === method && entry.index === undefined)
    .map((entry) => entry.record)
    .reverse();
}
