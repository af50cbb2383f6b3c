import type { ComponentKind } from '../../components/component-record.js';
import type { ChangeListener, Changes } from '../../context/changes.js';
import type { Exchange } from '../../context/exchange.js';
import type { Session } from '../../context/session.js';
import { ProtocolError, RPC } from '../../errors/protocol-error.js';
import { Unavailable } from '../../errors/unavailable.js';
import { META } from '../../mcp/era.js';
import type { Params, RequestId } from '../../mcp/message.js';

/** What a client asks to be told of. */
export interface Filter {
  readonly toolsListChanged: boolean;
  readonly promptsListChanged: boolean;
  readonly resourcesListChanged: boolean;
  readonly resourceSubscriptions: ReadonlySet<string>;
}

/** Whether a client still sees what it watches. */
export type Sees = (uri: string) => boolean;

/** So many resources one client may watch. */
export const MAX_WATCHED = 1000;
/** So many clients of the newer era may listen at once. */
const MAX_LISTENING = 10_000;

interface Listening {
  readonly id: RequestId;
  readonly exchange: Exchange;
  readonly filter: Filter;
  readonly sees: Sees;
  readonly end: () => void;
}

interface Watching {
  readonly uris: Set<string>;
  /** As the message goes by that came last. */
  sees: Sees;
}

type ListFilter = 'toolsListChanged' | 'resourcesListChanged' | 'promptsListChanged';

/** What tells that the components of a kind have changed, in the older era and in what clients of the newer one ask for. */
const LIST_CHANGED: Readonly<
  Record<ComponentKind, { readonly list: string; readonly method: string; readonly filter: ListFilter }>
> = {
  tool: {
    list: 'tools/list',
    method: 'notifications/tools/list_changed',
    filter: 'toolsListChanged',
  },
  resource: {
    list: 'resources/list',
    method: 'notifications/resources/list_changed',
    filter: 'resourcesListChanged',
  },
  template: {
    list: 'resources/templates/list',
    method: 'notifications/resources/list_changed',
    filter: 'resourcesListChanged',
  },
  prompt: {
    list: 'prompts/list',
    method: 'notifications/prompts/list_changed',
    filter: 'promptsListChanged',
  },
};

/** Who is told what happens to a server: sessions of the older era, and clients of the newer one that listen. */
export class Subscribers implements Changes {
  /** With what a session watches, once it watches anything. */
  readonly #sessions = new Map<Session, Watching | undefined>();
  readonly #listening = new Set<Listening>();
  readonly #changed = new Map<string, ListFilter>();
  readonly #listeners = new Set<ChangeListener>();

  /** How many sessions and listening clients there are. */
  get size(): { readonly sessions: number; readonly listening: number } {
    return { sessions: this.#sessions.size, listening: this.#listening.size };
  }

  hear(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Remembers a session until it ends. */
  add(session: Session): void {
    if (session.ended || this.#sessions.has(session)) return;
    this.#sessions.set(session, undefined);
    session.onEnd(this.#forget);
  }

  readonly #forget = (session: Session): void => {
    this.#sessions.delete(session);
  };

  /** Tells a session when a resource has changed, as long as it sees it. */
  watch(session: Session | undefined, uri: string, sees: Sees): void {
    if (!session || !this.#sessions.has(session)) return;
    const watching = this.#sessions.get(session) ?? { uris: new Set(), sees };
    const { uris } = watching;
    if (uris.size >= MAX_WATCHED && !uris.has(uri))
      throw new ProtocolError(
        RPC.invalidParams,
        `A session may watch ${MAX_WATCHED} resources, and watches as many`,
      );
    uris.add(uri);
    watching.sees = sees;
    this.#sessions.set(session, watching);
  }

  /** No longer tells a session of a resource. */
  unwatch(session: Session | undefined, uri: string): void {
    const watching = session && this.#sessions.get(session);
    if (!watching) return;
    watching.uris.delete(uri);
    if (watching.uris.size === 0) this.#sessions.set(session, undefined);
  }

  /** Tells a client of the newer era what it has asked for, until it leaves or the server ends. */
  listen(
    id: RequestId,
    exchange: Exchange,
    { filter, sees }: Pick<Listening, 'filter' | 'sees'>,
  ): Promise<object> {
    if (this.#listening.size >= MAX_LISTENING)
      throw new Unavailable('TOO_MANY_LISTENERS', { retryAfterMs: 60_000 });
    return new Promise((resolve) => {
      const end = (): void => {
        this.#listening.delete(listening);
        resolve({ _meta: { [META.subscription]: id } });
      };
      const listening: Listening = { id, exchange, filter, sees, end };
      this.#listening.add(listening);
      tell(listening, 'notifications/subscriptions/acknowledged', { notifications: toParams(filter) });
      exchange.onCancel(end);
    });
  }

  /** Tells that components of a kind have come, gone or changed; several changes at once are told once. */
  listChanged(kind: ComponentKind): void {
    const { method, filter, list } = LIST_CHANGED[kind];
    for (const listener of this.#listeners) listener.listChanged(list);
    if (this.#changed.size === 0) queueMicrotask(this.#tellChanged);
    this.#changed.set(method, filter);
  }

  /** Tells those who watch a resource, and still see it, that it has changed. */
  updated(uri: string): void {
    const method = 'notifications/resources/updated';
    for (const listener of this.#listeners) listener.updated(uri);
    for (const [session, watching] of this.#sessions)
      if (watching?.uris.has(uri) && watching.sees(uri)) session.notify(method, { uri });
    for (const listening of this.#listening)
      if (listening.filter.resourceSubscriptions.has(uri) && listening.sees(uri))
        tell(listening, method, { uri });
  }

  /** Ends every subscription in good order. */
  close(): void {
    for (const { end } of [...this.#listening]) end();
  }

  readonly #tellChanged = (): void => {
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const [method, filter] of changed) {
      for (const session of this.#sessions.keys()) session.notify(method, {});
      for (const listening of this.#listening) if (listening.filter[filter]) tell(listening, method, {});
    }
  };
}

function tell({ id, exchange }: Listening, method: string, params: Params): void {
  exchange.notify(method, { ...params, _meta: { [META.subscription]: id } });
}

/** What is honoured of a filter, as the acknowledgement says it. */
function toParams(filter: Filter): Params {
  const { resourceSubscriptions, ...lists } = filter;
  return {
    ...Object.fromEntries(Object.entries(lists).filter(([, wanted]) => wanted)),
    ...(resourceSubscriptions.size > 0 && { resourceSubscriptions: [...resourceSubscriptions] }),
  };
}
