import type { Component, ComponentKind } from '../components/tool.js';
import { componentKey } from '../components/tool.js';
import type { Era } from '../mcp/era.js';
import type { Varies } from './source.js';

/** Whose cache may keep a list: everybody's, or only the caller's own. */
export type CacheScope = 'public' | 'private';

/** A list as a result, and its text in each era; middleware that leaves the object alone leaves the text valid. */
export interface ListResult {
  readonly value: object;
  text(era: Era): string;
}

/** The components one caller sees: the only way to any of them. */
export class View {
  readonly cacheScope: CacheScope;
  readonly #byKind = new Map<ComponentKind, readonly Component[]>();
  // A Map, so that a name like "constructor" finds nothing.
  readonly #byKey = new Map<string, Component>();
  readonly #lists = new Map<string, ListResult>();

  constructor(components: ReadonlyMap<ComponentKind, readonly Component[]>, varies: Varies) {
    this.cacheScope = varies === 'never' ? 'public' : 'private';
    for (const [kind, of] of components) {
      this.#byKind.set(kind, of);
      for (const component of of) {
        // The first of a name answers for it where no version is asked for.
        for (const key of [component.key, componentKey(kind, component.name)])
          if (!this.#byKey.has(key)) this.#byKey.set(key, component);
      }
    }
  }

  /** The components of a kind, in a fixed order. */
  list<K extends ComponentKind>(kind: K): readonly Extract<Component, { kind: K }>[] {
    return (this.#byKind.get(kind) ?? []) as readonly Extract<Component, { kind: K }>[];
  }

  /** The component of a name. */
  find<K extends ComponentKind>(
    kind: K,
    name: string,
    version?: string,
  ): Extract<Component, { kind: K }> | undefined {
    return this.#byKey.get(componentKey(kind, name, version)) as Extract<Component, { kind: K }> | undefined;
  }

  /** A list made once and kept with the view, under a name of the caller's. */
  listResult(name: string, make: () => ListResult): ListResult {
    const known = this.#lists.get(name);
    if (known) return known;
    const made = make();
    this.#lists.set(name, made);
    return made;
  }
}
