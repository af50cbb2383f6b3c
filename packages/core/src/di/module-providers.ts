import type { ProviderNode } from './provider-node.js';
import type { InjectionToken } from './token.js';

/** The providers of one module, and what it gives to those that import it. */
export class ModuleProviders {
  /** How error texts name the module. */
  readonly name: string;
  /** Whether what it exports is seen without an import. */
  readonly global: boolean;
  readonly own = new Map<InjectionToken, ProviderNode>();
  readonly imports: ModuleProviders[] = [];
  /** Tokens, and imported modules whose exports are passed on. */
  readonly exports = new Set<InjectionToken | ModuleProviders>();

  constructor(name: string, global = false) {
    this.name = name;
    this.global = global;
  }

  /** Adds a node; the first one of a token stays. */
  add(node: ProviderNode): void {
    if (!this.own.has(node.token)) this.own.set(node.token, node);
  }

  /** What the imported modules export under a token: more than one node if they do not mean the same. */
  imported(token: InjectionToken): readonly ProviderNode[] {
    return [...new Set(this.imports.flatMap((each) => each.exported(token)))];
  }

  /** What the module exports under a token. */
  exported(token: InjectionToken): readonly ProviderNode[] {
    return this.#exported(token, new Set());
  }

  /** Modules may import each other, and so pass on each other's exports: each is asked once. */
  #exported(token: InjectionToken, asked: Set<ModuleProviders>): readonly ProviderNode[] {
    if (asked.has(this)) return [];
    asked.add(this);
    const named = this.exports.has(token);
    const own = named && this.own.get(token);
    if (own) return [own];
    const passedOn = this.imports.filter((each) => named || this.exports.has(each));
    return passedOn.flatMap((each) => each.#exported(token, asked));
  }
}
