import type { Session } from '../context/session.js';
import type { Params } from '../mcp/message.js';

/** The sessions that have begun and not ended: whoever is to be told what happens to all. */
export class OpenSessions {
  readonly #sessions = new Set<Session>();

  /** How many there are. */
  get size(): number {
    return this.#sessions.size;
  }

  /** Remembers a session until it ends. */
  add(session: Session): void {
    if (session.ended || this.#sessions.has(session)) return;
    this.#sessions.add(session);
    session.onEnd(() => this.#sessions.delete(session));
  }

  /** Sends a notification to every client that listens. */
  broadcast(method: string, params: Params): void {
    for (const session of this.#sessions) session.notify(method, params);
  }
}
