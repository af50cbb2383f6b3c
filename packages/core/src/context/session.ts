import { ProtocolError, RPC } from '../errors/protocol-error.js';
import type { Params, Peer, RequestId, RpcResponse } from '../mcp/message.js';
import type { LoggingLevel } from '../mcp/types.js';
import type { Principal } from './principal.js';

/** A request under way, as far as a session knows it. */
export interface Cancellable {
  cancel(reason?: string): void;
  /** Ends what waits for the answer there will be none of; a handler may still be at work. */
  drop?(): void;
}

/** What waits for the client's answer to a request of the server's. */
export interface Awaiting {
  answered(response: RpcResponse): void;
  /** The session has ended. */
  ended(): void;
}

const NOBODY: readonly never[] = [];

/** One client's stay, on the revisions that have sessions: what `initialize` agreed on, and what is under way. */
export class Session {
  readonly id: string;
  /** Only this caller may use the session. */
  readonly principal: Principal | undefined;
  /** The revision agreed on. */
  version = '';
  peer: Peer = { info: undefined, capabilities: {} };
  /** The least severe log message the client wants. */
  logLevel: LoggingLevel = 'info';
  #inFlight: Map<RequestId, Cancellable> | undefined;
  #awaiting: Map<RequestId, Awaiting> | undefined;
  #lastId = 0;
  #onEnd: readonly ((session: Session) => void)[] = NOBODY;
  #ended = false;
  #sink: ((method: string, params: Params) => void) | undefined;
  #ask: ((id: RequestId, method: string, params: Params) => boolean) | undefined;

  constructor(id: string, principal?: Principal) {
    this.id = id;
    this.principal = principal;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** How many requests are being answered. */
  get busy(): number {
    return this.#inFlight?.size ?? 0;
  }

  /** Remembers a request while it is answered, so that it can be cancelled; refuses a second one with its id. */
  begin(id: RequestId, exchange: Cancellable): void {
    const inFlight = (this.#inFlight ??= new Map());
    if (inFlight.has(id))
      throw new ProtocolError(
        RPC.invalidRequest,
        'Invalid request: another request with this id is under way',
      );
    inFlight.set(id, exchange);
  }

  /** Forgets a request that has been answered; a later one with the same id stays. */
  finish(id: RequestId, exchange: Cancellable): void {
    if (this.#inFlight?.get(id) === exchange) this.#forgetRequest(id);
  }

  /** Cancels a request under way; an id that is unknown or answered is let pass. */
  cancel(id: RequestId, reason: string | undefined): void {
    const exchange = this.#inFlight?.get(id);
    if (!exchange) return;
    this.#forgetRequest(id);
    exchange.cancel(reason);
    exchange.drop?.();
  }

  /** Most sessions are idle most of the time: what is under way takes no room where nothing is. */
  #forgetRequest(id: RequestId): void {
    this.#inFlight?.delete(id);
    if (this.busy === 0) this.#inFlight = undefined;
  }

  /** Whether the client has said that it is ready for what belongs to no request of its own. */
  ready = false;

  /**
   * Where notifications go that belong to no request: the connection, or the stream the client has opened for them. And requests,
   * which are sent only where somebody is there to answer; `ask` says whether one was.
   */
  attach(
    sink: ((method: string, params: Params) => void) | undefined,
    ask?: (id: RequestId, method: string, params: Params) => boolean,
  ): void {
    this.#sink = sink;
    this.#ask = ask;
  }

  /** Sends a notification that belongs to no request; dropped where the client listens to none. */
  notify(method: string, params: Params): void {
    if (this.ready && !this.#ended) this.#sink?.(method, params);
  }

  /** Asks the client something that belongs to no request of its own; the request's id, undefined where it listens to none. */
  request(method: string, params: Params, awaiting: Awaiting): RequestId | undefined {
    if (!this.ready || this.#ended || !this.#ask) return undefined;
    const id = this.expect(awaiting);
    if (this.#ask(id, method, params)) return id;
    this.forget(id);
    return undefined;
  }

  /** The id of a request to the client, whose answer will be told to `awaiting`. */
  expect(awaiting: Awaiting): RequestId {
    const id = `server-${++this.#lastId}`;
    (this.#awaiting ??= new Map()).set(id, awaiting);
    return id;
  }

  /** No longer waits for an answer; one that comes late is let pass. Whether anything waited for it. */
  forget(id: RequestId): boolean {
    return this.#awaiting?.delete(id) ?? false;
  }

  /** Takes the client's answer to a request of the server's; whether anything waited for it. */
  answer(response: RpcResponse): boolean {
    const awaiting = this.#awaiting?.get(response.id);
    if (!awaiting) return false;
    this.#awaiting?.delete(response.id);
    awaiting.answered(response);
    return true;
  }

  /** Calls `run` when the session is over, with the session: one function can hear of all of them. */
  onEnd(run: (session: Session) => void): void {
    this.#onEnd = [...this.#onEnd, run];
  }

  /** Ends the session: cancels what is under way and tells those who asked. A second call does nothing. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const id of [...(this.#inFlight?.keys() ?? [])]) this.cancel(id, 'The session has ended');
    this.#inFlight = undefined;
    for (const awaiting of [...(this.#awaiting?.values() ?? [])]) awaiting.ended();
    this.#awaiting = undefined;
    for (const run of this.#onEnd) run(this);
    this.#onEnd = NOBODY;
    this.attach(undefined);
  }
}
