import type { ProviderGraph } from './provider-graph.js';
import type { ProviderNode } from './provider-node.js';
import { isClosable, type CallScope, type Scope } from './scope.js';
import type { InjectionToken } from './token.js';

/** Gives the instance of one token to one message; a transient is closed with `owner`. */
export type Getter = (scope: CallScope, owner: Scope) => unknown;

/** How everything shorter-lived than the app is made: a slot and a closure a provider, compiled at boot. */
export class RequestPlan {
  readonly #graph: ProviderGraph;
  readonly #getters = new Map<ProviderNode, Getter>();
  #requestSlots = 0;
  #sessionSlots = 0;

  constructor(graph: ProviderGraph) {
    this.#graph = graph;
  }

  /** How many slots the scopes have; final once every handler is compiled. */
  get sizes(): { readonly request: number; readonly session: number } {
    return { request: this.#requestSlots, session: this.#sessionSlots };
  }

  /** The getter of a token, and whether it needs a scope at all; undefined if nothing provides the token. */
  compile(token: InjectionToken): { readonly get: Getter; readonly scoped: boolean } | undefined {
    const node = this.#graph.find(token);
    if (!node) return undefined;
    return { get: this.#getter(node), scoped: node.lifetime !== 'app' };
  }

  #getter(node: ProviderNode): Getter {
    const known = this.#getters.get(node);
    if (known) return known;
    const getter = this.#compileNode(node);
    this.#getters.set(node, getter);
    return getter;
  }

  #compileNode(node: ProviderNode): Getter {
    const { fromCall } = node;
    if (fromCall) return (scope) => fromCall(scope.call);
    if (node.lifetime === 'app') return () => node.instance;
    const make = this.#maker(node);
    if (node.lifetime === 'transient') return make;
    if (node.lifetime === 'request') return remembered(this.#requestSlots++, make, (scope) => scope);
    const { sessionless } = node;
    return remembered(this.#sessionSlots++, make, (scope) =>
      sessionless === 'principal' ? scope.shared : scope.session,
    );
  }

  /** Makes an instance; what has to be closed is left with `owner`. */
  #maker(node: ProviderNode): Getter {
    const getters = node.dependencies.map((token) => {
      const dependency = this.#graph.find(token);
      return dependency ? this.#getter(dependency) : () => undefined;
    });
    const { create, owned, label } = node;
    return (scope, owner) => {
      const instance = create(getters.map((get) => get(scope, owner)));
      if (instance instanceof Promise)
        throw new Error(`${label} is made by a promise, which only lifetime "app" waits for`);
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
