import { Exchange, type HttpRequestInfo } from '../context/exchange.js';
import { NONE, type Outcome } from '../context/outcome.js';
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
import { checkMessage, idOf, isAnswer, parseJson } from '../mcp/read-message.js';
import type { LoggingLevel } from '../mcp/types.js';
import { readBatch, type BatchItem } from '../protocol/batch.js';
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
  /** How many messages are at work that may begin the stay, and may yet refuse to. */
  #beginning = 0;

  /** A transport of yours makes one for each client: `send` takes each message to it, as text. */
  constructor(
    endpoint: Endpoint,
    send: (text: string) => void,
    session: Session = new Session(endpoint.ids.secret()),
  ) {
    this.#endpoint = endpoint;
    this.#send = (text) => {
      try {
        send(text);
      } catch (err) {
        endpoint.logger.warn('A message could not be sent to its client', { err });
      }
    };
    this.#stay = session;
    this.#stay.attach(this.#way.notify, (id, method, params) => {
      this.#way.request(id, method, params);
      return true;
    });
  }

  /** Takes one message in, or a batch of them, as text; answers are sent when they are known. Nothing is taken in once closed. */
  receive(text: string): void {
    if (this.#stay.ended) return;
    let value: unknown;
    try {
      value = parseJson(text);
      if (Array.isArray(value)) this.#takeBatch(readBatch(value, this.#stay.version));
      else this.#take(checkMessage(value), this.#reply);
    } catch (error) {
      if (!ProtocolError.is(error)) throw error;
      if (!isAnswer(value)) this.#refuse(idOf(value), error, this.#reply);
    }
  }

  /** Takes one message in that has been read, with the HTTP request it came by, if it came by one. */
  take(message: RpcMessage, http?: HttpRequestInfo): void {
    this.#take(message, this.#reply, http);
  }

  /** Resolves when every request that has come in is answered. */
  async idle(): Promise<void> {
    if (this.#answering > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Ends the client's stay: cancels what is under way, and sends nothing more. */
  close(): void {
    this.#stay.end();
  }

  /** All answers to a batch are one message, sent with the last of them. */
  #takeBatch(items: readonly BatchItem[]): void {
    const answers: string[] = [];
    let left = items.length;
    const reply: Reply = (text) => {
      if (text !== undefined) answers.push(text);
      left--;
      if (left === 0 && answers.length > 0) this.#reply(`[${answers.join(',')}]`);
    };
    for (const item of items) {
      if (item.refused) this.#refuse(item.id, item.refused, reply);
      else this.#take(item.message, reply);
    }
  }

  #take(message: RpcMessage, reply: Reply, http?: HttpRequestInfo): void {
    if (isResponse(message)) {
      this.#stay.answer(message);
      reply(undefined);
      return;
    }
    const id = isRequest(message) ? message.id : undefined;
    let exchange: ConnectionExchange;
    try {
      exchange = this.#exchange(message, http);
      // Nobody may cancel initialize, so nobody finds it.
      if (id !== undefined && message.method !== 'initialize') this.#stay.begin(id, exchange);
    } catch (error) {
      if (!ProtocolError.is(error)) throw error;
      if (id === undefined) reply(undefined);
      else this.#refuse(id, error, reply, isModern(message.params) ? 'modern' : 'legacy');
      return;
    }
    const begins = message.method === 'initialize' && !this.#stay.version;
    const outcome = this.#endpoint.dispatch(message, exchange);
    if (outcome instanceof Promise)
      this.#await(outcome, { id, method: message.method, begins, exchange, reply });
    else this.#finish(outcome, { id, exchange, reply });
  }

  /** Waits for an outcome; a request that is cancelled meanwhile has none, whatever its handler does. */
  #await(outcome: Promise<Outcome>, of: Open & { method: string; begins: boolean }): void {
    const { id, method, begins, exchange } = of;
    // A client that leaves is not kept waiting for what ends only with it.
    const counts = method !== LISTEN;
    if (counts) this.#answering++;
    if (begins) this.#beginning++;
    let open = true;
    const close = (settled: Outcome): void => {
      if (!open) return;
      open = false;
      this.#finish(settled, of);
      if (method === LISTEN && id !== undefined && settled.is === 'result') this.#endedListening(id);
      if (counts) this.#answering--;
      if (begins) this.#beginning--;
      if (this.#answering === 0) for (const resolve of this.#waiting.splice(0)) resolve();
    };
    exchange.onDrop = close;
    void outcome.then(close);
  }

  #finish(outcome: Outcome, { id, exchange, reply }: Open): void {
    if (id !== undefined) this.#stay.finish(id, exchange);
    reply(id === undefined ? undefined : this.#endpoint.encoder.answer(id, outcome, exchange.era));
  }

  /**
   * A subscription the server ends is cancelled by it as well, the one thing a server may cancel.
   *
   * @see https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/cancellation
   */
  #endedListening(requestId: RequestId): void {
    this.#way.notify('notifications/cancelled', { requestId, reason: 'The server ends the subscription' });
  }

  #refuse(id: RequestId | null, error: ProtocolError, reply: Reply, era: Era = 'legacy'): void {
    reply(this.#endpoint.encoder.answer(id, protocolOutcome(error), era));
  }

  readonly #reply: Reply = (text) => {
    if (text !== undefined && !this.#stay.ended) this.#send(text);
  };

  #exchange(
    { method, params }: { method: string; params?: Params },
    http?: HttpRequestInfo,
  ): ConnectionExchange {
    if (isModern(params))
      return new ConnectionExchange(this.#stay, this.#way, { era: 'modern', http, ...readModern(params) });
    const { version, peer } = this.#stay;
    if ((!version || this.#beginning > 0) && !isFree(method))
      throw new ProtocolError(
        RPC.invalidRequest,
        this.#beginning > 0
          ? 'Not initialized yet: wait for the answer to initialize'
          : 'Not initialized: send initialize first, or name the protocol version in _meta',
      );
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

/** Whether a message may come before a session has begun. */
function isFree(method: string): boolean {
  return method === 'initialize' || method === 'ping' || method.startsWith('notifications/');
}

/** Sends an answer; undefined where there is none. */
type Reply = (text: string | undefined) => void;

/** A message that is being answered. */
interface Open {
  readonly id: RequestId | undefined;
  readonly exchange: ConnectionExchange;
  readonly reply: Reply;
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
  /** Called when nobody waits for the answer any more. */
  onDrop: ((outcome: Outcome) => void) | undefined;

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

  override drop(outcome: Outcome = NONE): void {
    this.onDrop?.(outcome);
  }

  override cancelRequest(id: RequestId, reason: string | undefined): void {
    this.#stay.cancel(id, reason);
  }
}
