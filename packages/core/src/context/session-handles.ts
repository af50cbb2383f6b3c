import { FrameworkError } from '../errors/framework-error.js';
import { StateError } from '../errors/state-error.js';
import type { Clock } from '../time/clock.js';
import type { Ids } from '../time/ids.js';
import type { Context } from './context.js';
import type { HeldSession } from './held-session.js';
import { networkOf } from './network-of.js';
import { digest } from './state-owner.js';
import type { StateStore, Values } from './state-store.js';

/** So much longer than a session the list it is in is kept. */
const LIST_TTL_FACTOR = 30;

/** What handles are made with. */
interface HandleParts {
  readonly state: StateStore;
  readonly clock: Clock;
  readonly ids: Ids;
  /** So many sessions one caller may have. */
  readonly max: number;
}

/** A context that is told what its answer depends on. */
interface Watched {
  looked?(at: 'own'): void;
}

/**
 * Sessions that the model carries from call to call by their handles: what there is where the protocol has none.
 *
 * A handle cannot be guessed, belongs to the caller it was made for, and ends a day after something was last kept under it.
 */
export class SessionHandles {
  readonly #of: HandleParts;

  constructor(of: HandleParts) {
    this.#of = of;
  }

  /**
   * Begins a session of the caller; its handle.
   *
   * @throws {StateError} ERR_STATE_HANDLES if the caller has too many.
   */
  async create(context: Context): Promise<string> {
    const { state, ids, clock, max } = this.#of;
    const handle = ids.secret();
    const owner = ownerOf(handle, context);
    const { ttlMs } = state.limits;
    const list = listOf(context);
    const due = await this.#due(list);
    const until = clock.now() + ttlMs;
    const add = (held: Values = new Map()): Values => {
      const left = new Map([...held].filter(([each]) => due.get(each) !== 'gone'));
      for (const [each, found] of due) if (found === 'there' && left.has(each)) left.set(each, until);
      if (left.size >= max) throw tooMany(max);
      return left.set(owner, until);
    };
    // The list has to outlast the sessions in it, which last as long as something is kept in them.
    await state.change(list, add, LIST_TTL_FACTOR * ttlMs);
    await state.change(owner, (values = new Map()) => values);
    return handle;
  }

  /**
   * The session behind a handle.
   *
   * @throws {StateError} ERR_STATE_HANDLE if this caller has none of that handle, or no longer.
   */
  async open(handle: string, context: Context): Promise<HeldSession> {
    const { state } = this.#of;
    // What it keeps is another from call to call, so an answer that is made of it is not kept.
    (context as Context & Watched).looked?.('own');
    const owner = ownerOf(handle, context);
    if (!(await state.read(owner))) throw unknown();
    return { handle, ...state.of(owner, unknown) };
  }

  /**
   * Ends a session and forgets what it kept.
   *
   * @throws {StateError} ERR_STATE_HANDLE as `open` does.
   */
  async end(handle: string, context: Context): Promise<void> {
    const { state } = this.#of;
    const owner = ownerOf(handle, context);
    if (!(await state.forget(owner))) throw unknown();
    const { ttlMs } = state.limits;
    await state.change(listOf(context), (held = new Map()) => without(held, owner), LIST_TTL_FACTOR * ttlMs);
  }

  /** The sessions in a list whose time is up, unless something was kept in them since. */
  async #due(list: string): Promise<ReadonlyMap<string, 'there' | 'gone'>> {
    const { state, clock } = this.#of;
    const now = clock.now();
    const due = [...((await state.read(list)) ?? [])].filter(([, until]) => (until as number) <= now);
    const found = due.map(async ([owner]) => [owner, (await state.read(owner)) ? 'there' : 'gone'] as const);
    return new Map(await Promise.all(found));
  }
}

/** One record for each handle and caller: to anybody else it is not there. */
function ownerOf(handle: string, { principal }: Context): string {
  return `state/handle/${digest(principal?.key ?? null, handle)}`;
}

/** The list of what one caller holds; anonymous callers are told apart by the network of their address. */
function listOf({ principal, http }: Context): string {
  if (principal) return `state/handles/${digest(principal.key)}`;
  const network = http?.address === undefined ? null : networkOf(http.address);
  return `state/handles/${digest(null, network)}`;
}

function without(held: Values, owner: string): Values {
  return new Map([...held].filter(([each]) => each !== owner));
}

function unknown(): StateError {
  return new StateError(
    'ERR_STATE_HANDLE',
    'this session handle is unknown, has expired or ended, or is not this caller’s. Begin a new session (create_session) and use its handle.',
  );
}

function tooMany(max: number): StateError {
  return new StateError(
    'ERR_STATE_HANDLES',
    `this caller has ${max} sessions, and no more are given. Go on in one of them, or end one (end_session).`,
    new FrameworkError('ERR_STATE_HANDLES', { max }),
  );
}
