import type { Component, ComponentKind } from '../components/tool.js';
import type { Mistakes } from '../errors/mistakes.js';
import type { Source } from './source.js';

/** The components of this server's own classes. */
export class LocalSource implements Source {
  readonly varies = 'never';
  readonly #components: readonly Component[];

  constructor(components: readonly Component[]) {
    this.#components = components;
  }

  list(kind: ComponentKind): readonly Component[] {
    return this.#components.filter((component) => component.kind === kind);
  }

  /** Notes every name that two components of one kind share. */
  checkDuplicates(mistakes: Mistakes): void {
    const seen = new Map<string, Component>();
    for (const component of this.#components) {
      const first = seen.get(component.key);
      seen.set(component.key, first ?? component);
      if (!first) continue;
      mistakes.add('ERR_COMPONENT_DUPLICATE', {
        kind: component.kind,
        name: component.name,
        first: first.origin,
        second: component.origin,
        decorator: 'Tool',
      });
    }
  }
}
