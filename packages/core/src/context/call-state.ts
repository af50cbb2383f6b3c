import type { StateScope } from './context.js';
import type { Exchange } from './exchange.js';
import type { KeptState } from './kept-state.js';
import type { Session } from './session.js';
import type { SessionHandles } from './session-handles.js';
import { noUser, ownerOf, type KeptScope } from './state-owner.js';
import type { StateStore } from './state-store.js';
import type { UserSession } from './user-session.js';

/** What the state of a message needs of the server. */
export interface StateHost {
  readonly store: StateStore;
  readonly handles: SessionHandles;
  /** Forgets what a session keeps when it ends. */
  endsWith(session: Session, owner: string): void;
}

/** State as one message sees it: its own, and what outlives it. */
export class CallState {
  readonly #host: StateHost;
  readonly #exchange: Exchange;
  readonly #own = new Map<string, unknown>();

  constructor(host: StateHost, exchange: Exchange) {
    this.#host = host;
    this.#exchange = exchange;
  }

  /** The value under a key; what is kept for the request stands in front of what is kept for the session. */
  async get<T>(key: string, options: { default?: T; scope?: StateScope } = {}): Promise<T | undefined> {
    const { scope = 'session' } = options;
    if (hasOwn(scope) && this.#own.has(key)) return this.#own.get(key) as T;
    return scope === 'request' ? options.default : this.#kept(scope, key).get(key, options);
  }

  /** Keeps a value. */
  async set(key: string, value: unknown, options: { scope?: StateScope } = {}): Promise<void> {
    const { scope = 'session' } = options;
    if (scope === 'request') {
      this.#own.set(key, value);
      return;
    }
    const owner = ownerOf(scope, key, this.#exchange);
    const { session } = this.#exchange;
    // What nobody could ask for again is not kept.
    if (scope === 'session' && session?.ended) return;
    if (scope === 'session' && session) this.#host.endsWith(session, owner);
    await this.#host.store.of(owner).set(key, value);
    // What is kept for longer is no longer hidden by what was kept for the request.
    if (scope === 'session') this.#own.delete(key);
  }

  /** Forgets a value; whether there was one. */
  async delete(key: string, options: { scope?: StateScope } = {}): Promise<boolean> {
    const { scope = 'session' } = options;
    const own = hasOwn(scope) && this.#own.delete(key);
    return scope === 'request' ? own : (await this.#kept(scope, key).delete(key)) || own;
  }

  /** What the authenticated caller keeps. */
  get user(): UserSession {
    if (!this.#exchange.principal) throw noUser('UserSession');
    return this.#kept('user', '');
  }

  /** Sessions behind handles. */
  get handles(): SessionHandles {
    return this.#host.handles;
  }

  #kept(scope: KeptScope, key: string): KeptState {
    return this.#host.store.of(ownerOf(scope, key, this.#exchange));
  }
}

/** Whether a scope is read through what the message keeps for itself. */
function hasOwn(scope: StateScope): boolean {
  return scope === 'session' || scope === 'request';
}
