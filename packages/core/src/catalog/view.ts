import { componentKey, type ComponentKind } from '../components/component-record.js';
import type { Component, ComponentOf } from '../components/component.js';
import type { CacheScope } from '../mcp/cache-hint.js';
import type { Era } from '../mcp/era.js';
import type { MirroredArgument } from '../schema/mirrored-arguments.js';
import type { Varies } from '../context/varies.js';

/** A list as a result, and its text in each era; middleware that leaves the object alone leaves the text valid. */
export interface ListResult {
  readonly value: object;
  text(era: Era): string;
}

/** What a URI leads to: a resource, or a template with the values the URI has for its variables. */
export type FoundResource =
  | { readonly component: ComponentOf<'resource'>; readonly values?: undefined }
  | { readonly component: ComponentOf<'template'>; readonly values: Readonly<Record<string, string>> };

/** The components one caller sees: the only way to any of them. */
export class View {
  readonly cacheScope: CacheScope;
  readonly #byKind = new Map<ComponentKind, Component[]>();
  // A Map, so that a name like "constructor" finds nothing.
  readonly #byKey = new Map<string, Component>();
  readonly #lists = new Map<string, ListResult>();
  readonly #mirrors: boolean;

  constructor(components: readonly Component[], varies: Varies) {
    this.cacheScope = varies === 'never' ? 'public' : 'private';
    this.#mirrors = components.some((each) => each.kind === 'tool' && each.mirrored.length > 0);
    for (const component of components) {
      const { kind, key, id } = component;
      const ofKind = this.#byKind.get(kind) ?? [];
      this.#byKind.set(kind, ofKind);
      ofKind.push(component);
      // The first of a name answers for it where no version is asked for.
      for (const each of [key, componentKey(kind, id)])
        if (!this.#byKey.has(each)) this.#byKey.set(each, component);
    }
  }

  /** The components of a kind, in a fixed order. */
  list<K extends ComponentKind>(kind: K): readonly ComponentOf<K>[] {
    return (this.#byKind.get(kind) ?? []) as readonly Component[] as readonly ComponentOf<K>[];
  }

  /** The component of a name, a URI or a template's text. */
  find<K extends ComponentKind>(kind: K, id: string, version?: string): ComponentOf<K> | undefined {
    return this.#byKey.get(componentKey(kind, id, version)) as ComponentOf<K> | undefined;
  }

  /** The arguments of a tool that clients repeat in headers; undefined where no tool has any. */
  mirrored(tool: string): readonly MirroredArgument[] | undefined {
    return this.#mirrors ? this.find('tool', tool)?.mirrored : undefined;
  }

  /** What a URI leads to: the resource of that URI, else the first template that has it. */
  findResource(uri: string): FoundResource | undefined {
    const resource = this.find('resource', uri);
    if (resource) return { component: resource };
    for (const component of this.list('template')) {
      const values = component.match(uri);
      if (values) return { component, values };
    }
    return undefined;
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
