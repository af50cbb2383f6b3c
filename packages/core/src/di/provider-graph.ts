import type { Mistakes } from '../errors/mistakes.js';
import { outlives, shorter, type Lifetime } from './lifetime.js';
import { ModuleProviders } from './module-providers.js';
import { valueNode, type ProviderNode } from './provider-node.js';
import { notSeen } from './not-seen.js';
import type { Resolver } from './resolver.js';
import type { InjectionToken } from './token.js';

/** All providers of an app, module by module, and what each needs; checked before anything is made. */
export class ProviderGraph {
  /** What every module sees. */
  readonly framework = new ModuleProviders('the framework');
  /** The root first. */
  readonly modules: readonly ModuleProviders[];
  readonly #needs = new Map<ProviderNode, readonly (ProviderNode | undefined)[]>();
  readonly #homes = new Map<ProviderNode, ModuleProviders>();
  readonly #lengths = new Map<ProviderNode, Exclude<Lifetime, 'transient'>>();
  /** What no module provides, but the application's own container knows. */
  readonly #outside = new ModuleProviders("the application's container");
  readonly #resolver: Resolver | undefined;
  #order: ProviderNode[] = [];

  constructor(modules: readonly ModuleProviders[], resolver?: Resolver) {
    this.modules = modules;
    this.#resolver = resolver;
  }

  /** What a module means by a token: its own, what its imports export, what is global; more than one if that is unclear. */
  seenFrom(module: ModuleProviders, token: InjectionToken): readonly ProviderNode[] {
    const seen = this.#seenInside(module, token);
    if (seen.length > 0) return seen;
    const outside = this.#fromOutside(token);
    return outside ? [outside] : [];
  }

  /** Every node that may be meant by who is in no module: what the root sees, else what any module has. */
  known(token: InjectionToken): readonly ProviderNode[] {
    const [root] = this.modules;
    const seen = root ? this.#seenInside(root, token) : [];
    if (seen.length > 0) return seen;
    return [...this.modules, this.#outside].flatMap((each) => each.own.get(token) ?? []);
  }

  /** Every node, each after what it needs. Known once checked, like all that follows. */
  get order(): readonly ProviderNode[] {
    return this.#order;
  }

  /** What a node is made of, in the order it asks; undefined for what is optional and not there. */
  needsOf(node: ProviderNode): readonly (ProviderNode | undefined)[] {
    return this.#needs.get(node) ?? [];
  }

  /** The module a node belongs to. */
  homeOf(node: ProviderNode): ModuleProviders {
    return this.#homes.get(node) ?? this.framework;
  }

  /** How long an instance really lives: a transient as long as the shortest-lived thing it holds. */
  lengthOf(node: ProviderNode): Exclude<Lifetime, 'transient'> {
    const known = this.#lengths.get(node);
    if (known) return known;
    const own = node.lifetime === 'transient' ? 'app' : node.lifetime;
    this.#lengths.set(node, own);
    if (node.lifetime !== 'transient') return own;
    const length = this.needsOf(node).reduce<Exclude<Lifetime, 'transient'>>(
      (shortest, dependency) => (dependency ? shorter(shortest, this.lengthOf(dependency)) : shortest),
      own,
    );
    this.#lengths.set(node, length);
    return length;
  }

  /** Notes every token that is missing or out of sight, every cycle and every captive dependency. */
  check(mistakes: Mistakes): void {
    for (const module of [...this.modules, this.framework]) {
      for (const node of module.own.values()) if (!this.#homes.has(node)) this.#homes.set(node, module);
    }
    for (const [node, module] of this.#homes) this.#find(node, module, mistakes);
    this.#sort(mistakes);
    for (const node of this.#order) this.#checkLifetimes(node, mistakes);
  }

  /** The same for a node that comes later, of a token nobody asks for. */
  link(node: ProviderNode, module: ModuleProviders, mistakes: Mistakes): void {
    this.#homes.set(node, module);
    this.#find(node, module, mistakes);
    this.#checkLifetimes(node, mistakes);
  }

  /** Takes nodes that were linked into the order. */
  join(nodes: readonly ProviderNode[]): void {
    this.#order.push(...nodes);
  }

  #seenInside(module: ModuleProviders, token: InjectionToken): readonly ProviderNode[] {
    const seen = this.#amongModules(module, token);
    const ours = this.framework.own.get(token);
    const [root] = this.modules;
    if (seen.length > 0 || !ours || !root) return seen;
    // The root module is the server: what it sees in place of a token of the framework stands for all.
    const instead = this.#amongModules(root, token);
    return instead.length > 0 ? instead : [ours];
  }

  #amongModules(module: ModuleProviders, token: InjectionToken): readonly ProviderNode[] {
    const own = module.own.get(token);
    if (own) return [own];
    const imported = module.imported(token);
    if (imported.length > 0) return imported;
    const global = this.modules.filter((each) => each.global && each !== module);
    return [...new Set(global.flatMap((each) => each.exported(token)))];
  }

  #fromOutside(token: InjectionToken): ProviderNode | undefined {
    const known = this.#outside.own.get(token);
    const resolver = this.#resolver;
    if (known || !resolver?.has(token)) return known;
    const node = { ...valueNode(token, undefined), create: () => resolver.get(token) };
    this.#outside.add(node);
    this.#homes.set(node, this.#outside);
    // Handlers may ask for it after all else is in order, and it needs nothing.
    this.#order.push(node);
    return node;
  }

  #find(node: ProviderNode, module: ModuleProviders, mistakes: Mistakes): void {
    const needs = node.dependencies.map(({ token, optional }) => {
      const [found, another] = this.seenFrom(module, token);
      if ((!found && !optional) || another)
        mistakes.note(notSeen({ owner: node.label, module, token, graph: this }));
      return found;
    });
    this.#needs.set(node, needs);
  }

  #sort(mistakes: Mistakes): void {
    const order: ProviderNode[] = [];
    const state = new Map<ProviderNode, 'open' | 'done'>();
    const visit = (node: ProviderNode, path: readonly ProviderNode[]): void => {
      if (state.get(node) === 'done') return;
      if (state.get(node) === 'open') {
        const circle = [...path.slice(path.indexOf(node)), node];
        mistakes.add('ERR_DI_CYCLE', { path: circle.map((each) => each.label).join(' → ') });
        return;
      }
      state.set(node, 'open');
      for (const dependency of this.needsOf(node)) if (dependency) visit(dependency, [...path, node]);
      state.set(node, 'done');
      order.push(node);
    };
    for (const node of this.#homes.keys()) visit(node, []);
    this.#order = order;
  }

  #checkLifetimes(node: ProviderNode, mistakes: Mistakes): void {
    if (node.lifetime === 'transient') return;
    for (const dependency of this.needsOf(node)) {
      if (!dependency) continue;
      const length = this.lengthOf(dependency);
      // What principals share outlives the message that a session provider may stand for where there are no sessions.
      const passing =
        node.sessionless === 'principal' && length === 'session' && dependency.sessionless !== 'principal';
      if (outlives(length, node.lifetime) && !passing) continue;
      mistakes.add('ERR_DI_CAPTIVE', {
        owner: node.label,
        ownerLifetime: node.lifetime,
        token: dependency.label,
        tokenLifetime: length,
      });
    }
  }
}
