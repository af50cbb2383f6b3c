import { isTtl } from '../../components/caching.js';
import type { Component } from '../../components/component.js';
import type { CacheHint } from '../../mcp/cache-hint.js';
import { digest } from '../../mcp/digest.js';

/** How the answers of one operation are kept. */
export interface OperationCaching {
  /** Default: as the whole cache has it. */
  readonly ttlSeconds?: number;
}

/** How the answers of tools are kept. */
export interface ToolCaching extends OperationCaching {
  /** Only these tools; to name one is to ask for it, as `@Cache()` does. */
  readonly include?: readonly string[];
  /** Not these. */
  readonly exclude?: readonly string[];
}

/** What is kept, and for how long. */
export interface CacheRulesOptions {
  /** How long an answer is kept. Default: 300. */
  readonly ttlSeconds?: number;
  /** `true`: every tool but those with `@NoCache()`; `false`: none. Default: those that are read-only or idempotent, and those with `@Cache()`. */
  readonly cacheTools?: boolean | ToolCaching;
  /** Default: `true`. */
  readonly cacheResources?: boolean | OperationCaching;
  /** Default: `true`. */
  readonly cachePrompts?: boolean | OperationCaching;
  /**
   * Default: `false`. A server makes its lists once, so this saves nothing but what middleware behind the cache does to each; and
   * clients then take the lists for their own.
   */
  readonly cacheLists?: boolean | OperationCaching;
}

/** How the answers of one component are kept, or of all lists. */
export interface CacheRule {
  /** Tells one component from another of its name, also across deployments. */
  readonly of: string;
  readonly ttlMs: number;
  /** Whether all callers may be given the same. */
  readonly shared: boolean;
  /** How long clients may keep it, where its author has said so. */
  readonly hintMs: number | undefined;
  /** Whether it only holds until a tool changes something. */
  readonly untilWrite: boolean;
  /** What keys begin with, by protocol revision. */
  readonly heads: Map<string, string>;
}

/** What is kept of which component, decided once for each. */
export class CacheRules {
  /** The rule of every list; undefined: none is kept. */
  readonly list: CacheRule | undefined;
  /** Whether the answers of some tools hold only until one changes something. */
  readonly untilWrite: boolean;
  readonly #of: Readonly<Record<Component['kind'], Setting>>;
  readonly #known = new WeakMap<Component, CacheRule | null>();

  constructor(options: CacheRulesOptions) {
    const { ttlSeconds = 300, cacheTools, cacheResources = true, cachePrompts = true } = options;
    const setting = (of: boolean | OperationCaching | undefined): Setting => settingOf(of, ttlSeconds);
    this.#of = {
      tool: setting(cacheTools),
      resource: setting(cacheResources),
      template: setting(cacheResources),
      prompt: setting(cachePrompts),
    };
    const { ttlMs } = setting(options.cacheLists ?? false);
    this.list = ttlMs === undefined ? undefined : { ...LIST, ttlMs, heads: new Map() };
    this.untilWrite = cacheTools !== false && cacheTools !== true;
  }

  /** The rule of a component; undefined: nothing is kept. */
  of(component: Component): CacheRule | undefined {
    const known = this.#known.get(component);
    if (known !== undefined) return known ?? undefined;
    const rule = ruleOf(component, this.#of[component.kind]);
    this.#known.set(component, rule ?? null);
    return rule;
  }
}

const LIST: Omit<CacheRule, 'ttlMs' | 'heads'> = {
  of: 'list',
  shared: false,
  hintMs: undefined,
  untilWrite: false,
};

interface Setting extends ToolCaching {
  /** Undefined: nothing is kept. */
  readonly ttlMs: number | undefined;
  readonly asked: boolean;
}

function settingOf(of: boolean | OperationCaching | undefined, byDefault: number): Setting {
  const said = typeof of === 'object' ? of : {};
  const ttlSeconds = said.ttlSeconds ?? byDefault;
  if (!isTtl(ttlSeconds))
    throw new RangeError(`ResponseCaching: ttlSeconds must be a number above 0, not ${String(ttlSeconds)}`);
  return { ...said, ttlMs: of === false ? undefined : ttlSeconds * 1000, asked: of === true };
}

function ruleOf(component: Component, setting: Setting): CacheRule | undefined {
  const { caching } = component;
  const ttlMs = ttlOf(component, setting);
  if (ttlMs === undefined) return undefined;
  const asked = setting.asked || setting.include !== undefined || caching !== undefined;
  const change = changes(component, asked);
  if (change === 'anything') return undefined;
  const hint = hintOf(component);
  const scope = (caching && caching.scope) ?? hint?.scope;
  return {
    of: `${component.key} ${digest(component.definition)}`,
    ttlMs,
    shared: scope === 'public',
    hintMs: hint?.ttlMs,
    untilWrite: change === 'once',
    heads: new Map(),
  };
}

/** How long the answers of a component are kept; undefined: not at all. */
function ttlOf(component: Component, { ttlMs, include, exclude }: Setting): number | undefined {
  const { caching, name } = component;
  const left = exclude?.includes(name) === true || include?.includes(name) === false;
  if (ttlMs === undefined || caching === false || left) return undefined;
  if (caching?.ttlSeconds !== undefined) return caching.ttlSeconds * 1000;
  const hintMs = hintOf(component)?.ttlMs ?? Infinity;
  // What clients may not keep the server does not keep either, unless it is told to.
  if (hintMs === 0) return caching && ttlMs;
  return Math.min(ttlMs, hintMs);
}

function hintOf(component: Component): CacheHint | undefined {
  return 'cache' in component ? component.cache : undefined;
}

/** What a call of it may change, as far as nobody has asked for its answers to be kept. */
function changes(component: Component, asked: boolean): 'nothing' | 'once' | 'anything' {
  if (asked || isReadOnly(component)) return 'nothing';
  return component.kind === 'tool' && component.definition.annotations?.idempotentHint === true
    ? 'once'
    : 'anything';
}

/** Whether to run a component changes nothing. */
export function isReadOnly(component: Component): boolean {
  return component.kind !== 'tool' || component.definition.annotations?.readOnlyHint === true;
}
