import type { CallContext } from '../context/call-context.js';
import type { Session } from '../context/session.js';
import type { RequestPlan } from '../di/request-plan.js';
import { CallScope, Scope } from '../di/scope.js';
import type { Logger } from '../telemetry/logger.js';
import type { Cancel } from '../time/clock.js';
import type { TimerWheel } from '../time/timer-wheel.js';

/** A principal's instances go when none of its messages has come for this long. */
const IDLE_MS = 5 * 60_000;
/** So many principals keep instances at most; the one longest quiet makes room. */
const MAX_PRINCIPALS = 1000;

interface Shared {
  readonly scope: Scope;
  users: number;
  expiry: Cancel | undefined;
}

/** Where instances of lifetime `session` live: with their session, or with an authenticated principal. */
export class SessionScopes {
  readonly #plan: RequestPlan;
  readonly #wheel: TimerWheel;
  readonly #logger: Logger;
  readonly #bySession = new Map<Session, Scope>();
  readonly #byPrincipal = new Map<string, Shared>();

  constructor(plan: RequestPlan, wheel: TimerWheel, logger: Logger) {
    this.#plan = plan;
    this.#wheel = wheel;
    this.#logger = logger;
  }

  /** The scope of one message, inside the session or principal it belongs to. */
  open(context: CallContext): CallScope {
    const { session, principal } = context.exchange;
    const { sizes } = this.#plan;
    if (sizes.session === 0) return new CallScope(sizes, context, {});
    context.looked('own');
    if (session && !session.ended)
      return new CallScope(sizes, context, { session: this.#ofSession(session) });
    if (!principal) return new CallScope(sizes, context, {});
    const shared = this.#ofPrincipal(principal.key);
    const scope = new CallScope(sizes, context, { shared: shared.scope });
    scope.made.push({
      onClose: () => {
        this.#leave(principal.key, shared);
      },
    });
    return scope;
  }

  /** Closes every scope there is. */
  async close(): Promise<void> {
    const scopes = [
      ...this.#bySession.values(),
      ...[...this.#byPrincipal.values()].map((shared) => shared.scope),
    ];
    for (const shared of this.#byPrincipal.values()) shared.expiry?.();
    this.#bySession.clear();
    this.#byPrincipal.clear();
    await Promise.all(scopes.map((scope) => this.#closeScope(scope)));
  }

  #ofSession(session: Session): Scope {
    const known = this.#bySession.get(session);
    if (known) return known;
    const scope = new Scope(this.#plan.sizes.session);
    this.#bySession.set(session, scope);
    session.onEnd(() => {
      if (this.#bySession.delete(session)) void this.#closeScope(scope);
    });
    return scope;
  }

  #ofPrincipal(key: string): Shared {
    const shared = this.#byPrincipal.get(key) ?? {
      scope: new Scope(this.#plan.sizes.session),
      users: 0,
      expiry: undefined,
    };
    shared.users++;
    shared.expiry?.();
    shared.expiry = undefined;
    // Last in the order again: the first is the one longest quiet.
    this.#byPrincipal.delete(key);
    this.#byPrincipal.set(key, shared);
    for (const [oldest, of] of this.#byPrincipal) {
      if (this.#byPrincipal.size <= MAX_PRINCIPALS) break;
      if (of.users === 0) this.#drop(oldest, of);
    }
    return shared;
  }

  #leave(key: string, shared: Shared): void {
    shared.users--;
    if (shared.users === 0) {
      shared.expiry = this.#wheel.after(IDLE_MS, () => {
        this.#drop(key, shared);
      });
    }
  }

  #drop(key: string, shared: Shared): void {
    shared.expiry?.();
    if (this.#byPrincipal.get(key) === shared) this.#byPrincipal.delete(key);
    void this.#closeScope(shared.scope);
  }

  async #closeScope(scope: Scope): Promise<void> {
    try {
      await scope.close({ ok: true });
    } catch (err) {
      this.#logger.error('A session scope could not be closed', { err });
    }
  }
}
