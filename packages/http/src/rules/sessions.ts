import { networkOf, Session, Unavailable, type Cancel, type Endpoint } from '@tenon/core';
import type { HttpRequest } from './http-message.js';

/** How many sessions of the older era there may be, and how long a quiet one is kept. */
export interface SessionLimits {
  /** Milliseconds without a request, and without an open stream, after which a session ends. Default: 30 minutes. */
  readonly idleMs?: number;
  /** Sessions of one principal, or of one address (of IPv6: one network of 64 bits) where callers are anonymous. Default: 10 000. */
  readonly maxPerCaller?: number;
  /** Sessions in all. Default: 100 000. */
  readonly max?: number;
}

interface Held {
  readonly session: Session;
  readonly caller: Caller;
  readonly by: Way;
  /** Whether its client has been let in; until then it only holds its place. */
  admitted: boolean;
  lastSeen: number;
  /** How many of its streams are open. */
  open: number;
}

/** How a session was begun, and its messages come: one of the older transport begins without initialize. */
export type Way = 'streamable' | 'older';

/** Whoever has sessions: one record for all of his. */
interface Caller {
  readonly name: string;
  sessions: number;
}

/** The sessions of one endpoint, by id: each its caller's own, bounded in number, ended when quiet. */
export class Sessions {
  readonly #endpoint: Endpoint;
  readonly #limits: Required<SessionLimits>;
  readonly #held = new Map<string, Held>();
  readonly #callers = new Map<string, Caller>();
  #sweep: Cancel | undefined;

  constructor(endpoint: Endpoint, limits: SessionLimits) {
    this.#endpoint = endpoint;
    this.#limits = { idleMs: 30 * 60_000, maxPerCaller: 10_000, max: 100_000, ...limits };
  }

  /** How many there are, those included whose clients are not let in yet. */
  get size(): number {
    return this.#held.size;
  }

  /**
   * A session that takes its place at once and is found once its client is admitted, so that clients let in at the same time
   * cannot be too many. Throws Unavailable when there are too many.
   */
  create(request: HttpRequest, by: Way = 'streamable'): Session {
    const name = callerOf(request);
    const caller = this.#callers.get(name) ?? { name, sessions: 0 };
    if (this.#held.size >= this.#limits.max || caller.sessions >= this.#limits.maxPerCaller)
      throw new Unavailable('TOO_MANY_SESSIONS', { retryAfterMs: 60_000 });
    const session = new Session(this.#endpoint.ids.secret(), request.principal);
    this.#held.set(session.id, {
      session,
      caller,
      by,
      admitted: false,
      lastSeen: this.#endpoint.clock.elapsed(),
      open: 0,
    });
    caller.sessions++;
    this.#callers.set(name, caller);
    this.#sweep ??= this.#endpoint.wheel.after(this.#sweepMs, this.#endQuiet);
    return session;
  }

  /** Lets the client of a session in; whether it still is one. */
  admit(session: Session): boolean {
    const held = this.#held.get(session.id);
    if (!held) return false;
    held.admitted = true;
    held.lastSeen = this.#endpoint.clock.elapsed();
    return true;
  }

  /** Gives the place of a session back whose client was not let in; one that was stays. */
  release(session: Session): void {
    if (!this.#held.get(session.id)?.admitted) this.end(session);
  }

  /** The session of an id, if it is this caller's and was begun in this way. */
  find(id: string, request: HttpRequest, by: Way = 'streamable'): Session | undefined {
    const held = this.#held.get(id);
    if (!held?.admitted || held.by !== by || held.session.principal?.key !== request.principal?.key)
      return undefined;
    held.lastSeen = this.#endpoint.clock.elapsed();
    return held.session;
  }

  /** Keeps a session from being quiet while a stream of it is open; the answer says that it is over. */
  hold(session: Session): () => void {
    const held = this.#held.get(session.id);
    if (!held) return () => undefined;
    held.open++;
    return () => {
      held.open--;
      held.lastSeen = this.#endpoint.clock.elapsed();
    };
  }

  /** Ends a session. */
  end(session: Session): void {
    const held = this.#held.get(session.id);
    if (!held) return;
    this.#held.delete(session.id);
    held.caller.sessions--;
    if (held.caller.sessions === 0) this.#callers.delete(held.caller.name);
    session.end();
    if (this.#held.size > 0) return;
    this.#sweep?.();
    this.#sweep = undefined;
  }

  /** Ends all sessions. */
  close(): void {
    this.#sweep?.();
    for (const { session } of [...this.#held.values()]) this.end(session);
  }

  get #sweepMs(): number {
    return Math.max(50, this.#limits.idleMs / 10);
  }

  readonly #endQuiet = (): void => {
    const oldest = this.#endpoint.clock.elapsed() - this.#limits.idleMs;
    for (const { session, lastSeen, open } of [...this.#held.values()])
      if (lastSeen <= oldest && session.busy === 0 && open === 0) this.end(session);
    this.#sweep = this.#held.size > 0 ? this.#endpoint.wheel.after(this.#sweepMs, this.#endQuiet) : undefined;
  };
}

function callerOf(request: HttpRequest): string {
  return request.principal
    ? `principal:${request.principal.key}`
    : `address:${networkOf(request.address ?? '')}`;
}
