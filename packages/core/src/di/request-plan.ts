import type { FrameworkError } from '../errors/framework-error.js';
import type { ModuleProviders } from './module-providers.js';
import { notSeen } from './not-seen.js';
import { promised } from './promised.js';
import type { ProviderGraph } from './provider-graph.js';
import type { ProviderNode } from './provider-node.js';
import { isClosable, type CallScope, type Scope, type ScopeSizes } from './scope.js';
import type { InjectionToken } from './token.js';

/** Gives the instance of one token to one message; a transient is closed with `owner`. */
export type Getter = (scope: CallScope, owner: Scope) => unknown;

/** How everything shorter-lived than the app is made: a slot and a closure a provider, compiled at boot. */
export class RequestPlan {
  readonly #graph: ProviderGraph;
  /** Whose view tokens are looked up in. */
  readonly #module: ModuleProviders;
  readonly #getters: Map<ProviderNode, Getter>;
  readonly #sizes: { request: number; session: number };

  /** `of`: the plan of the same app that this one is another module's view of. */
  constructor(graph: ProviderGraph, module: ModuleProviders = graph.framework, of?: RequestPlan) {
    this.#graph = graph;
    this.#module = module;
    this.#getters = of ? of.#getters : new Map<ProviderNode, Getter>();
    this.#sizes = of ? of.#sizes : { request: 0, session: 0 };
  }

  /** How many slots the scopes have; final once every handler is compiled. */
  get sizes(): ScopeSizes {
    return this.#sizes;
  }

  /** The same plan, as one module sees it. */
  within(module: ModuleProviders): RequestPlan {
    return new RequestPlan(this.#graph, module, this);
  }

  /** The getter of a token, and whether it needs a scope at all; undefined if the module does not see one such token. */
  compile(token: InjectionToken): { readonly get: Getter; readonly scoped: boolean } | undefined {
    const [node, another] = this.#graph.seenFrom(this.#module, token);
    if (!node || another) return undefined;
    return { get: this.#getter(node), scoped: node.fromScope !== undefined || node.lifetime !== 'app' };
  }

  /** Why `compile` gave nothing, as a mistake of `owner`; undefined if it may be nothing and is. */
  mistake(owner: string, token: InjectionToken, optional = false): FrameworkError | undefined {
    if (optional && this.#graph.seenFrom(this.#module, token).length === 0) return undefined;
    return notSeen({ owner, module: this.#module, token, graph: this.#graph });
  }

  #getter(node: ProviderNode): Getter {
    const known = this.#getters.get(node);
    if (known) return known;
    const getter = this.#compileNode(node);
    this.#getters.set(node, getter);
    return getter;
  }

  #compileNode(node: ProviderNode): Getter {
    if (node.fromScope) return node.fromScope;
    if (node.lifetime === 'app') return () => node.instance;
    const make = this.#maker(node);
    if (node.lifetime === 'transient') return make;
    if (node.lifetime === 'request') return remembered(this.#sizes.request++, make, (scope) => scope);
    const { sessionless } = node;
    return remembered(this.#sizes.session++, make, (scope) =>
      sessionless === 'principal' ? scope.shared : scope.session,
    );
  }

  /** Makes an instance; what has to be closed is left with `owner`. */
  #maker(node: ProviderNode): Getter {
    const getters = this.#graph
      .needsOf(node)
      .map((dependency) => (dependency ? this.#getter(dependency) : () => undefined));
    const { create, owned } = node;
    return (scope, owner) => {
      const instance = create(getters.map((get) => get(scope, owner)));
      if (owned && instance instanceof Promise) throw promised(node, instance);
      // A session may end while its last message is at work: what that still makes ends with the message.
      if (owned && isClosable(instance)) (owner.closed ? scope : owner).made.push(instance);
      return instance;
    };
  }
}

function remembered(slot: number, make: Getter, owner: (scope: CallScope) => Scope): Getter {
  return (scope) => {
    const home = owner(scope);
    const known = home.slots[slot];
    if (known !== undefined) return known;
    return (home.slots[slot] = make(scope, home));
  };
}
