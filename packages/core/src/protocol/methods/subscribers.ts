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

/** So many resources one client may watch. */
export const MAX_WATCHED = 1000;
/** So many clients of the newer era may listen at once. */
const MAX_LISTENING = 10_000;

interface Listening {
  readonly id: RequestId;
  readonly exchange: Exchange;
  readonly filter: Filter;
  readonly end: () => void;
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
  /** With the resources a session watches, once it watches any. */
  readonly #sessions = new Map<Session, Set<string> | undefined>();
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

  /** Tells a session when a resource has changed. */
  watch(session: Session | undefined, uri: string): void {
    if (!session || !this.#sessions.has(session)) return;
    const watched = this.#sessions.get(session) ?? new Set();
    if (watched.size >= MAX_WATCHED && !watched.has(uri))
      throw new ProtocolError(
        RPC.invalidParams,
        `A session may watch ${MAX_WATCHED} resources, and watches as many`,
      );
    this.#sessions.set(session, watched.add(uri));
  }

  /** No longer tells a session of a resource. */
  unwatch(session: Session | undefined, uri: string): void {
    if (session) this.#sessions.get(session)?.delete(uri);
  }

  /** Tells a client of the newer era what it has asked for, until it leaves or the server ends. */
  listen(id: RequestId, exchange: Exchange, filter: Filter): Promise<object> {
    if (this.#listening.size >= MAX_LISTENING)
      throw new Unavailable('TOO_MANY_LISTENERS', { retryAfterMs: 60_000 });
    return new Promise((resolve) => {
      const end = (): void => {
        this.#listening.delete(listening);
        resolve({ _meta: { [META.subscription]: id } });
      };
      const listening: Listening = { id, exchange, filter, end };
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

  /** Tells those who watch a resource that it has changed. */
  updated(uri: string): void {
    const method = 'notifications/resources/updated';
    for (const listener of this.#listeners) listener.updated(uri);
    for (const [session, watched] of this.#sessions) if (watched?.has(uri)) session.notify(method, { uri });
    for (const listening of this.#listening)
      if (listening.filter.resourceSubscriptions.has(uri)) tell(listening, method, { uri });
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
