import type { Component, ComponentKind } from '../components/tool.js';
import type { Principal } from '../context/principal.js';
import type { Session } from '../context/session.js';
import type { Source, Varies, Viewer } from './source.js';
import { View } from './view.js';

const KINDS: readonly ComponentKind[] = ['tool'];
const ORDER: readonly Varies[] = ['never', 'principal', 'session', 'call'];

/** All sources as one, seen through views: a view for everybody, or one a caller where a source asks for that. */
export class Catalog {
  readonly #sources: readonly Source[];
  readonly #varies: Varies;
  readonly #maxViews: number;
  // In order of use, so that the first is the one to drop.
  readonly #views = new Map<string, View>();
  #everybody: View | undefined;

  constructor(sources: readonly Source[], options: { maxViews?: number } = {}) {
    this.#sources = sources;
    this.#maxViews = options.maxViews ?? 1000;
    this.#varies = sources.reduce<Varies>(
      (most, { varies }) => (ORDER.indexOf(varies) > ORDER.indexOf(most) ? varies : most),
      'never',
    );
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

  #make(viewer: Viewer): View {
    const components = new Map<ComponentKind, readonly Component[]>();
    for (const kind of KINDS) components.set(kind, this.#merge(kind, viewer));
    return new View(components, this.#varies);
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
