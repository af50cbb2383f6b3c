import type { Mistakes } from '../errors/mistakes.js';
import { outlives, shorter, type Lifetime } from './lifetime.js';
import type { ProviderNode } from './provider-node.js';
import { tokenName, type InjectionToken } from './token.js';

/** All providers of an app and what each needs; checked before anything is made. */
export class ProviderGraph {
  readonly #nodes = new Map<InjectionToken, ProviderNode>();
  readonly #lengths = new Map<ProviderNode, Exclude<Lifetime, 'transient'>>();
  #order: readonly ProviderNode[] = [];

  /** Adds a node; the first one of a token stays, so the importing module wins over what it imports. */
  add(node: ProviderNode): void {
    if (!this.#nodes.has(node.token)) this.#nodes.set(node.token, node);
  }

  /** Puts a node in place of the token's own. */
  replace(node: ProviderNode): void {
    this.#nodes.set(node.token, node);
  }

  /** The node of a token. */
  find(token: InjectionToken): ProviderNode | undefined {
    return this.#nodes.get(token);
  }

  /** Every node, each after what it needs. Known once checked. */
  get order(): readonly ProviderNode[] {
    return this.#order;
  }

  /** How long an instance really lives: a transient as long as the shortest-lived thing it holds. */
  lengthOf(node: ProviderNode): Exclude<Lifetime, 'transient'> {
    const known = this.#lengths.get(node);
    if (known) return known;
    const own = node.lifetime === 'transient' ? 'app' : node.lifetime;
    this.#lengths.set(node, own);
    if (node.lifetime !== 'transient') return own;
    const length = node.dependencies.reduce<Exclude<Lifetime, 'transient'>>((shortest, token) => {
      const dependency = this.#nodes.get(token);
      return dependency ? shorter(shortest, this.lengthOf(dependency)) : shortest;
    }, own);
    this.#lengths.set(node, length);
    return length;
  }

  /** Notes every missing token, cycle and captive dependency. */
  check(module: string, mistakes: Mistakes): void {
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
      for (const token of node.dependencies) {
        const dependency = this.#nodes.get(token);
        if (dependency) visit(dependency, [...path, node]);
        else mistakes.add('ERR_DI_MISSING', { owner: node.label, token: tokenName(token), module });
      }
      state.set(node, 'done');
      order.push(node);
    };
    for (const node of this.#nodes.values()) visit(node, []);
    this.#order = order;
    for (const node of order) this.#checkLifetimes(node, mistakes);
  }

  #checkLifetimes(node: ProviderNode, mistakes: Mistakes): void {
    if (node.lifetime === 'transient') return;
    for (const token of node.dependencies) {
      const dependency = this.#nodes.get(token);
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
