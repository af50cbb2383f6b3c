import type { ComponentKind } from '../components/component-record.js';
import type { Component } from '../components/component.js';
import type { Mistakes } from '../errors/mistakes.js';
import type { Logger } from '../telemetry/logger.js';
import type { OnDuplicate } from '../components/on-duplicate.js';
import type { Source } from './source.js';

interface Held {
  readonly component: Component;
  enabled: boolean;
}

/** The components of this server itself: those of its classes, and what is added and removed while it runs. */
export class LocalSource implements Source {
  readonly varies = 'never';
  readonly #held = new Map<string, Held>();
  readonly #onDuplicate: OnDuplicate;
  readonly #logger: Logger;
  readonly #listeners: ((kind: ComponentKind) => void)[] = [];

  constructor(onDuplicate: OnDuplicate, logger: Logger) {
    this.#onDuplicate = onDuplicate;
    this.#logger = logger;
  }

  list(kind: ComponentKind): readonly Component[] {
    return [...this.#held.values()].flatMap(({ component, enabled }) =>
      enabled && component.kind === kind ? [component] : [],
    );
  }

  onChange(run: (kind: ComponentKind) => void): void {
    this.#listeners.push(run);
  }

  /** Every component there is, also those that are not offered. */
  get components(): readonly Component[] {
    return [...this.#held.values()].map(({ component }) => component);
  }

  /** Adds components; of two with one name the option `onDuplicate` says which stays. */
  add(components: readonly Component[], mistakes: Mistakes): void {
    const kinds = new Set<ComponentKind>();
    for (const component of components) {
      const first = this.#held.get(component.key);
      if (first && !this.#admits(component, first.component, mistakes)) continue;
      this.#held.set(component.key, { component, enabled: component.enabled });
      kinds.add(component.kind);
    }
    this.#tell(kinds);
  }

  /** Takes away what a selection names; how many that were. */
  remove(selects: (component: Component) => boolean): number {
    const kinds = new Set<ComponentKind>();
    const before = this.#held.size;
    for (const [key, { component }] of this.#held) {
      if (!selects(component)) continue;
      this.#held.delete(key);
      kinds.add(component.kind);
    }
    this.#tell(kinds);
    return before - this.#held.size;
  }

  /** Offers what a selection names, or no longer offers it; how many were changed. */
  enable(selects: (component: Component) => boolean, enabled: boolean): number {
    const kinds = new Set<ComponentKind>();
    const changed = [...this.#held.values()].filter(
      (held) => held.enabled !== enabled && selects(held.component),
    );
    for (const held of changed) {
      held.enabled = enabled;
      kinds.add(held.component.kind);
    }
    this.#tell(kinds);
    return changed.length;
  }

  /** Says that callers see something else now, though it holds what it held. */
  touch(): void {
    this.#tell(new Set<ComponentKind>(['tool', 'resource', 'template', 'prompt']));
  }

  #admits(component: Component, first: Component, mistakes: Mistakes): boolean {
    const { kind, id } = component;
    if (this.#onDuplicate === 'error') {
      mistakes.add('ERR_COMPONENT_DUPLICATE', {
        kind,
        name: id,
        first: first.origin,
        second: component.origin,
      });
      return false;
    }
    if (this.#onDuplicate === 'warn')
      this.#logger.warn(`Two ${kind}s are named "${id}": ${component.origin} replaces ${first.origin}`);
    return this.#onDuplicate !== 'ignore';
  }

  #tell(kinds: ReadonlySet<ComponentKind>): void {
    for (const kind of kinds) for (const run of this.#listeners) run(kind);
  }
}
