import { Exchange, type HttpRequestInfo } from '../context/exchange.js';
import type { Outcome } from '../context/outcome.js';
import type { Principal } from '../context/principal.js';
import { Session } from '../context/session.js';
import { ProtocolError, RPC } from '../errors/protocol-error.js';
import type { Era } from '../mcp/era.js';
import {
  isRequest,
  isResponse,
  type Params,
  type Peer,
  type RequestId,
  type RpcMessage,
} from '../mcp/message.js';
import { checkMessage, idOf, parseJson } from '../mcp/read-message.js';
import type { LoggingLevel } from '../mcp/types.js';
import type { Endpoint } from '../protocol/endpoint.js';
import { encodeNotification } from '../protocol/encode.js';
import { isModern, readModern } from '../protocol/envelope-modern.js';
import { protocolOutcome } from '../protocol/wire-error.js';

const LISTEN = 'subscriptions/listen';

/** One client over a lasting connection, in whichever era each of its messages speaks. */
export class Connection {
  readonly #endpoint: Endpoint;
  readonly #send: (text: string) => void;
  readonly #stay: Session;
  readonly #waiting: (() => void)[] = [];
  #answering = 0;

  /** A transport of yours makes one for each client: `send` takes each message to it, as text. */
  constructor(
    endpoint: Endpoint,
    send: (text: string) => void,
    session: Session = new Session(endpoint.ids.secret()),
  ) {
    this.#endpoint = endpoint;
    this.#send = send;
    this.#stay = session;
    this.#stay.attach(this.#way.notify);
  }

  /** Takes one message in, as text; its answer, if there is to be one, is sent when it is known. Nothing is taken in once closed. */
  receive(text: string): void {
    if (this.#stay.ended) return;
    let value: unknown;
    try {
      value = parseJson(text);
      this.take(checkMessage(value));
    } catch (error) {
      if (!ProtocolError.is(error)) throw error;
      // An answer is never answered, or two peers would go on for ever.
      if (!isAnswer(value)) this.#answer(idOf(value), protocolOutcome(error), 'legacy');
    }
  }

  /** Takes one message in that has been read, with the HTTP request it came by, if it came by one. */
  take(message: RpcMessage, http?: HttpRequestInfo): void {
    if (isResponse(message)) {
      this.#stay.answer(message);
      return;
    }
    let exchange: Exchange;
    try {
      exchange = this.#exchange(message, http);
    } catch (error) {
      if (!ProtocolError.is(error)) throw error;
      if (isRequest(message))
        this.#answer(message.id, protocolOutcome(error), isModern(message.params) ? 'modern' : 'legacy');
      return;
    }
    const id = isRequest(message) ? message.id : undefined;
    if (id !== undefined) this.#stay.begin(id, exchange);
    this.#answering++;
    const outcome = this.#endpoint.dispatch(message, exchange);
    if (outcome instanceof Promise)
      void outcome.then((settled) => {
        this.#finish(id, settled, exchange);
        if (message.method === LISTEN && id !== undefined && settled.is === 'result')
          this.#endedListening(id);
      });
    else this.#finish(id, outcome, exchange);
  }

  /** Resolves when every request that has come in is answered. */
  async idle(): Promise<void> {
    if (this.#answering > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Ends the client's stay: cancels what is under way, and sends nothing more. */
  close(): void {
    this.#stay.end();
  }

  #finish(id: RequestId | undefined, outcome: Outcome, exchange: Exchange): void {
    if (id !== undefined) {
      this.#stay.finish(id, exchange);
      this.#answer(id, outcome, exchange.era);
    }
    this.#answering--;
    if (this.#answering === 0) for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /**
   * A subscription the server ends is cancelled by it as well, the one thing a server may cancel.
   *
   * @see https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/cancellation
   */
  #endedListening(requestId: RequestId): void {
    this.#way.notify('notifications/cancelled', { requestId, reason: 'The server ends the subscription' });
  }

  #answer(id: RequestId | null, outcome: Outcome, era: Era): void {
    const text = this.#endpoint.encoder.answer(id, outcome, era);
    if (text !== undefined && !this.#stay.ended) this.#send(text);
  }

  #exchange({ method, params }: { method: string; params?: Params }, http?: HttpRequestInfo): Exchange {
    if (isModern(params))
      return new ConnectionExchange(this.#stay, this.#way, { era: 'modern', http, ...readModern(params) });
    const { version, peer } = this.#stay;
    if (!version && method !== 'initialize' && method !== 'ping' && !method.startsWith('notifications/')) {
      throw new ProtocolError(
        RPC.invalidRequest,
        'Not initialized: send initialize first, or name the protocol version in _meta',
      );
    }
    return new ConnectionExchange(this.#stay, this.#way, { era: 'legacy', http, version, peer });
  }

  /** The ways to the client that a message has. */
  readonly #way: Way = {
    notify: (method, params) => {
      if (!this.#stay.ended) this.#send(encodeNotification(method, params));
    },
    request: (id, method, params) => {
      if (!this.#stay.ended) this.#send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    },
  };
}

interface Way {
  readonly notify: (method: string, params: Params) => void;
  readonly request: (id: RequestId, method: string, params: Params) => void;
}

/** One message of a connection. */
class ConnectionExchange extends Exchange {
  readonly era: Era;
  readonly http: HttpRequestInfo | undefined;
  readonly #version: string;
  readonly #peer: Peer;
  readonly #stay: Session;
  readonly #way: Way;
  readonly #logLevel: LoggingLevel | undefined;

  constructor(
    stay: Session,
    way: Way,
    sender: {
      era: Era;
      http: HttpRequestInfo | undefined;
      version: string;
      peer: Peer;
      logLevel?: LoggingLevel | undefined;
    },
  ) {
    super();
    this.era = sender.era;
    this.http = sender.http;
    this.#version = sender.version;
    this.#peer = sender.peer;
    this.#stay = stay;
    this.#way = way;
    this.#logLevel = sender.logLevel;
  }

  get session(): Session | undefined {
    return this.era === 'legacy' ? this.#stay : undefined;
  }

  get version(): string {
    return this.era === 'legacy' ? this.#stay.version : this.#version;
  }

  get peer(): Peer {
    return this.era === 'legacy' ? this.#stay.peer : this.#peer;
  }

  get principal(): Principal | undefined {
    return this.#stay.principal;
  }

  get logLevel(): LoggingLevel | undefined {
    return this.era === 'legacy' ? this.#stay.logLevel : this.#logLevel;
  }

  notify(method: string, params: Params): void {
    this.#way.notify(method, params);
  }

  override sendRequest(id: RequestId, method: string, params: Params): void {
    this.#way.request(id, method, params);
  }

  override cancelRequest(id: RequestId, reason: string | undefined): void {
    this.#stay.cancel(id, reason);
  }
}

function isAnswer(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || 'method' in value) return false;
  return 'result' in value || 'error' in value;
}
