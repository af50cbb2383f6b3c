import type { ComponentKind } from '../components/component-record.js';
import type { Component } from '../components/component.js';
import type { Principal } from '../context/principal.js';
import type { Session } from '../context/session.js';
import type { Source, Varies, Viewer } from './source.js';
import { View } from './view.js';

const KINDS: readonly ComponentKind[] = ['tool', 'resource', 'template', 'prompt'];
const ORDER: readonly Varies[] = ['never', 'principal', 'session', 'call'];

/** All sources as one, seen through views: a view for everybody, or one a caller where a source asks for that. */
export class Catalog {
  readonly #sources: readonly Source[];
  readonly #varies: Varies;
  readonly #maxViews: number;
  // In order of use, so that the first is the one to drop.
  readonly #views = new Map<string, View>();
  readonly #listeners: ((kind: ComponentKind) => void)[] = [];
  #everybody: View | undefined;

  constructor(sources: readonly Source[], options: { maxViews?: number } = {}) {
    this.#sources = sources;
    this.#maxViews = options.maxViews ?? 1000;
    this.#varies = sources.reduce<Varies>(
      (most, { varies }) => (ORDER.indexOf(varies) > ORDER.indexOf(most) ? varies : most),
      'never',
    );
    for (const source of sources) source.onChange?.(this.#changed);
  }

  /** Calls `run` with a kind when what is offered of it has changed. */
  onChange(run: (kind: ComponentKind) => void): void {
    this.#listeners.push(run);
  }

  /** What one caller sees. */
  view(principal: Principal | undefined, session: Session | undefined): View {
    if (this.#varies === 'never') return (this.#everybody ??= this.#make({ principal, session }));
    if (this.#varies === 'call') return this.#make({ principal, session });
    const key =
      this.#varies === 'session' && session ? `session:${session.id}` : `principal:${principal?.key ?? ''}`;
    const view = this.#views.get(key) ?? this.#make({ principal, session });
    this.#views.delete(key);
    this.#views.set(key, view);
    for (const oldest of this.#views.keys()) {
      if (this.#views.size <= this.#maxViews) break;
      this.#views.delete(oldest);
    }
    return view;
  }

  readonly #changed = (kind: ComponentKind): void => {
    this.#everybody = undefined;
    this.#views.clear();
    for (const run of this.#listeners) run(kind);
  };

  #make(viewer: Viewer): View {
    return new View(
      KINDS.flatMap((kind) => this.#merge(kind, viewer)),
      this.#varies,
    );
  }

  /** Where two sources name the same component, the earlier source's stays. */
  #merge(kind: ComponentKind, viewer: Viewer): readonly Component[] {
    const byKey = new Map<string, Component>();
    for (const source of this.#sources) {
      for (const component of source.list(kind, viewer))
        if (!byKey.has(component.key)) byKey.set(component.key, component);
    }
    return [...byKey.values()];
  }
}
