import type { ComponentKind } from '../components/component-record.js';
import type { Component } from '../components/component.js';
import type { Principal } from '../context/principal.js';
import type { Session } from '../context/session.js';
import { mostVarying, type Varies } from '../context/varies.js';
import type { MessageCall } from '../middleware/call.js';
import type { Visibility } from '../middleware/visibility.js';
import { FilteredView } from './filtered-view.js';
import { KeptViews } from './kept-views.js';
import type { Source, Viewer } from './source.js';
import { View } from './view.js';

const KINDS: readonly ComponentKind[] = ['tool', 'resource', 'template', 'prompt'];

/** All sources as one, seen through views: a view for everybody, or one a caller where a source asks for that. */
export class Catalog {
  readonly #sources: readonly Source[];
  readonly #varies: Varies;
  readonly #visibility: Visibility | undefined;
  readonly #views: KeptViews;
  /** What is left of them for those whom middleware does not show everything. */
  readonly #filtered: KeptViews;
  readonly #listeners: ((kind: ComponentKind) => void)[] = [];

  constructor(
    sources: readonly Source[],
    { maxViews = 1000, visibility }: { maxViews?: number; visibility?: Visibility } = {},
  ) {
    this.#sources = sources;
    this.#visibility = visibility;
    this.#views = new KeptViews(maxViews);
    this.#filtered = new KeptViews(maxViews);
    this.#varies = mostVarying(sources.map(({ varies }) => varies));
    for (const source of sources) source.onChange?.(this.#changed);
  }

  /** Calls `run` with a kind when what is offered of it has changed. */
  onChange(run: (kind: ComponentKind) => void): void {
    this.#listeners.push(run);
  }

  /** What is offered to one caller, whatever middleware shows of it. */
  view(principal: Principal | undefined, session: Session | undefined): View {
    const viewer = { principal, session };
    return this.#views.of(viewer, this.#varies, () => this.#make(viewer));
  }

  /** What the sender of one message sees. */
  viewFor(call: MessageCall): View {
    const { principal, session } = call.context.exchange;
    const visibility = this.#visibility;
    if (!visibility?.rules) return this.view(principal, session);
    if (!call.context.known) return new FilteredView(this.view(principal, session), visibility.seenBy(call));
    const varies = mostVarying([this.#varies, visibility.varies]);
    // A rule may go by whatever a session knows of its client: without one each message says that anew.
    if (varies === 'call' || (visibility.varies === 'session' && !session))
      return this.#viewOfCall(call, visibility);
    return this.#filtered.of({ principal, session }, varies, () => {
      const visible = visibility.seenBy(call);
      const all = this.view(principal, session);
      return new View(
        KINDS.flatMap((kind): readonly Component[] => all.list(kind).filter(visible)),
        varies,
      );
    });
  }

  /** Whether the sender of a message sees a resource: to be asked after the message, whenever something has become of one. */
  watcherFor(call: MessageCall): (uri: string) => boolean {
    // Only where there is somebody to ask is the message kept for it.
    if (!this.#visibility?.rules) return this.#watcher(call.context.exchange);
    return (uri) => this.viewFor(call.with(call.params)).findResource(uri) !== undefined;
  }

  /** Rules that come later may go by what the message has said: nothing is left to ask them with. */
  #watcher({ principal, session }: Viewer): (uri: string) => boolean {
    return (uri) => !this.#visibility?.rules && this.view(principal, session).findResource(uri) !== undefined;
  }

  #viewOfCall(call: MessageCall, visibility: Visibility): View {
    if (call.view instanceof FilteredView) return call.view;
    const { principal, session } = call.context.exchange;
    const made = new FilteredView(this.view(principal, session), visibility.seenBy(call));
    call.view = made;
    return made;
  }

  readonly #changed = (kind: ComponentKind): void => {
    this.#views.clear();
    this.#filtered.clear();
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
