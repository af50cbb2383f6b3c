import type { ComponentKind } from '../components/component-record.js';
import type { Component, ComponentOf } from '../components/component.js';
import { View } from './view.js';

/** What is left of a view for one call: asked of a component when it is first looked for. */
export class FilteredView extends View {
  readonly #base: View;
  readonly #visible: (component: Component) => boolean;
  readonly #lists = new Map<ComponentKind, readonly Component[]>();

  constructor(base: View, visible: (component: Component) => boolean) {
    super([], 'call');
    this.#base = base;
    this.#visible = visible;
  }

  override list<K extends ComponentKind>(kind: K): readonly ComponentOf<K>[] {
    const left = this.#lists.get(kind) ?? this.#base.list(kind).filter(this.#visible);
    this.#lists.set(kind, left);
    return left as readonly ComponentOf<K>[];
  }

  override find<K extends ComponentKind>(kind: K, id: string, version?: string): ComponentOf<K> | undefined {
    const found = this.#base.find(kind, id, version);
    if (!found || this.#visible(found)) return found;
    // Where no version is asked for, the next one of the name answers.
    if (version !== undefined) return undefined;
    return this.#base.list(kind).find((each) => each.id === id && each !== found && this.#visible(each));
  }
}
