import type { ProtocolError } from '../errors/protocol-error.js';
import type { Era } from '../mcp/era.js';
import type { Params, Peer, RequestId } from '../mcp/message.js';
import type { LoggingLevel } from '../mcp/types.js';
import type { Outcome } from './outcome.js';
import type { Principal } from './principal.js';
import type { Session } from './session.js';

/** The HTTP request a message came in, where it came over HTTP. */
export interface HttpRequestInfo {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Address of the other end of the connection; of the client, where a proxy in between is trusted. */
  readonly address: string | undefined;
}

/** One inbound message and the ways back to its sender: the seam between the wire and the framework. */
export abstract class Exchange {
  abstract readonly era: Era;
  /** Protocol revision the sender speaks. */
  abstract readonly version: string;
  abstract readonly peer: Peer;
  abstract readonly principal: Principal | undefined;
  /** The session the message belongs to, on revisions that have them and where the transport keeps any. */
  abstract readonly session: Session | undefined;
  abstract readonly http: HttpRequestInfo | undefined;
  /** The least severe log message the sender wants; undefined: none. */
  abstract readonly logLevel: LoggingLevel | undefined;
  #cancelled = false;
  #reason: string | undefined;
  #onCancel: (() => void)[] | undefined;
  #controller: AbortController | undefined;

  /** What is wrong with the message where its sender sees what it names: to whom that is hidden it says nothing. */
  get refusal(): ProtocolError | undefined {
    return undefined;
  }

  /** Whether the sender is this process itself: it may be the handler of another message, which waits. */
  get inProcess(): boolean {
    return false;
  }

  /** Sends a notification that belongs to this message. Once the message is cancelled or answered it is dropped. */
  abstract notify(method: string, params: Params): void;

  /** Sends a request of the server's to the client, on the way of this message; only where `session` is. */
  sendRequest(_id: RequestId, _method: string, _params: Params): void {
    throw new Error('This way to the client carries no requests');
  }

  /** Ends the stream of this message's answer before the answer: the client comes back for it. Only where it can. */
  closeStream(): void {
    // Only a stream that can be resumed may be ended early.
  }

  /** Answers now, in place of a handler that may still be at work; without an outcome there is nothing to say. */
  drop(_outcome?: Outcome): void {
    // Where nothing holds a connection open, the sender may as well wait.
  }

  /** Cancels another request of the same sender; one that is unknown or answered is let pass. */
  cancelRequest(id: RequestId, reason: string | undefined): void {
    this.session?.cancel(id, reason);
  }

  /** Called once, before somebody first waits for a cancellation: a binding that has to watch for it begins now. */
  protected watch(): void {
    // Most bindings are told of a cancellation by a message and need not watch.
  }

  /** Whether the sender no longer waits. */
  get cancelled(): boolean {
    return this.#cancelled;
  }

  /** Calls `run` when the sender stops waiting; at once if it has. */
  onCancel(run: () => void): void {
    if (!this.#onCancel && !this.#controller) this.watch();
    if (this.#cancelled) run();
    else (this.#onCancel ??= []).push(run);
  }

  /** Aborts when the sender stops waiting; made when first read. */
  get signal(): AbortSignal {
    if (!this.#controller) {
      const first = !this.#onCancel;
      this.#controller = new AbortController();
      if (first) this.watch();
      if (this.#cancelled) this.#abort();
    }
    return this.#controller.signal;
  }

  /** Says that the sender no longer waits. A second call does nothing. */
  cancel(reason?: string): void {
    if (this.#cancelled) return;
    this.#cancelled = true;
    this.#reason = reason;
    for (const run of this.#onCancel ?? []) run();
    this.#abort();
  }

  #abort(): void {
    this.#controller?.abort(new DOMException(this.#reason ?? 'The request was cancelled', 'AbortError'));
  }
}
