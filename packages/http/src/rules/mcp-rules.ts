import {
  checkMessage,
  idOf,
  isModern,
  isRequest,
  isResponse,
  parseJson,
  MODERN_VERSIONS,
  readBatch,
  RPC,
  Unavailable,
  type BatchItem,
  type Endpoint,
  type Outcome,
  type RpcNotification,
  type RpcRequest,
  type RpcResponse,
} from '@tenon/core';
import { ACCEPTED, Answers, streamAnswer } from './answers.js';
import { checkBatchVersion, mergeAnswers } from './batch-answer.js';
import { Cors, type CorsOptions } from './cors.js';
import { HostGuard, type HostGuardOptions } from './host-guard.js';
import { HttpExchange, type Sender } from './http-exchange.js';
import { header, type HttpAnswer, type HttpRequest } from './http-message.js';
import { legacySender } from './legacy-sender.js';
import { modernSender } from './modern-sender.js';
import { OlderTransport } from './older-transport.js';
import { readBody, unreadable } from './read-body.js';
import { EXPLAINED, SessionRequests } from './session-requests.js';
import { streamLog, type ResumableOptions } from './stream-log.js';
import { Sessions, type SessionLimits } from './sessions.js';

/** How an endpoint over HTTP behaves. */
export interface McpRulesOptions extends HostGuardOptions {
  /** Lets pages of `allowedOrigins` read answers too, as a browser asks for (CORS). Default: they may not. */
  readonly cors?: boolean | CorsOptions;
  /** Keeps no sessions for clients of the older era: every message stands alone, and any process can answer it. */
  readonly stateless?: boolean;
  readonly sessions?: SessionLimits;
  /**
   * Keeps the streams of the older era on the `Bus`, so that a client whose connection broke misses nothing. Default: they are not
   * kept.
   *
   * A call that takes longer than a second is then answered as a stream, since only a stream can be taken up again.
   */
  readonly resumable?: boolean | ResumableOptions;
}

/** The protocol over HTTP, in both eras, as rules from a request to an answer; knows no server. */
export class McpRules {
  readonly sessions: Sessions;
  readonly #endpoint: Endpoint;
  readonly #options: McpRulesOptions;
  readonly #answers: Answers;
  readonly #guard: HostGuard;
  readonly #cors: Cors | undefined;
  readonly #ofSessions: SessionRequests;
  readonly #older: OlderTransport;

  constructor(endpoint: Endpoint, address: string, options: McpRulesOptions) {
    this.#endpoint = endpoint;
    this.#options = options;
    this.#answers = new Answers(endpoint.encoder);
    this.#guard = new HostGuard(address, options);
    this.#cors = options.cors ? new Cors(options.cors === true ? {} : options.cors) : undefined;
    this.sessions = new Sessions(endpoint, options.sessions ?? {});
    this.#older = new OlderTransport(endpoint, this.#answers, this.sessions);
    this.#ofSessions = new SessionRequests(this.sessions, this.#answers, (session) =>
      streamLog(endpoint, session, options.resumable),
    );
  }

  /** Answers one request; a promise only where something has to be awaited. */
  answer(request: HttpRequest): HttpAnswer | Promise<HttpAnswer> {
    const first = this.#before(request, this.#methods);
    if (first) return first;
    const answer = this.#answer(request);
    if (!this.#cors) return answer;
    return answer instanceof Promise
      ? answer.then((settled) => this.readable(request, settled))
      : this.readable(request, answer);
  }

  /** Answers one request to the older HTTP+SSE, whose messages are posted to `messagesPath`. */
  olderAnswer(request: HttpRequest, messagesPath: string): HttpAnswer {
    const first = this.#before(request, 'GET, POST');
    return first ?? this.readable(request, this.#older.answer(request, messagesPath));
  }

  /** The answer that a request gets whatever it asks for: a refusal, or what a browser wants to know first. */
  #before(request: HttpRequest, methods: string): HttpAnswer | undefined {
    const refusal = this.refusal(request);
    if (refusal !== undefined) return this.#refuse(403, refusal);
    return this.#cors && request.method === 'OPTIONS' ? this.#cors.preflight(request, methods) : undefined;
  }

  /** Why a request is refused whatever it asks for; undefined if it is not. */
  refusal(request: HttpRequest): string | undefined {
    return this.#guard.refusal(request);
  }

  /** An answer as the page that sent the request can read it, where pages may. */
  readable<A extends HttpAnswer>(request: HttpRequest, answer: A): A {
    return this.#cors && this.refusal(request) === undefined ? this.#cors.readable(request, answer) : answer;
  }

  #answer(request: HttpRequest): HttpAnswer | Promise<HttpAnswer> {
    if (request.method === 'POST') return this.#post(request);
    const hasSessions = !this.#options.stateless && !isModernHeader(request);
    if (!hasSessions || (request.method !== 'GET' && request.method !== 'DELETE'))
      return this.#refuse(405, EXPLAINED, { allow: this.#methods });
    try {
      return request.method === 'GET' ? this.#ofSessions.get(request) : this.#ofSessions.delete(request);
    } catch (error) {
      return this.#answers.malformed(null, error);
    }
  }

  /** Ends all sessions; resolves when their last messages are sent, but does not wait for long. */
  async close(): Promise<void> {
    this.sessions.close();
    let stop: (() => void) | undefined;
    const late = new Promise<void>((resolve) => (stop = this.#endpoint.wheel.after(LAST_WORDS_MS, resolve)));
    await Promise.race([this.#ofSessions.ended(), late]);
    stop?.();
  }

  #post(request: HttpRequest): HttpAnswer | Promise<HttpAnswer> {
    const refused = unreadable(request, this.#answers);
    if (refused) return refused;
    let value: unknown;
    try {
      value = parseJson(readBody(request));
      if (Array.isArray(value)) return this.#batch(request, value);
      const message = checkMessage(value);
      if (isResponse(message)) return this.#answered(request, message);
      return this.#take(request, message);
    } catch (error) {
      if (Unavailable.is(error)) return this.#answers.unavailable(idOf(value), error);
      return this.#answers.malformed(idOf(value), error);
    }
  }

  /** Several messages of one session at once, which only one old revision has. */
  #batch(request: HttpRequest, values: readonly unknown[]): HttpAnswer | Promise<HttpAnswer> {
    checkBatchVersion(request);
    // Any message but initialize: a batch begins no session.
    const any = { jsonrpc: '2.0', method: '' } as const;
    const sender = legacySender(request, any, this.#options.stateless ? undefined : this.sessions);
    if ('refused' in sender) return this.#answers.refuse(sender.refused, sender.error);
    return mergeAnswers(readBatch(values, sender.version).map((item) => this.#item(request, item, sender)));
  }

  #item(request: HttpRequest, item: BatchItem, sender: Sender): HttpAnswer | Promise<HttpAnswer> {
    if (item.refused) return this.#answers.malformed(item.id, item.refused);
    const { message } = item;
    if (isResponse(message)) return this.#answered(request, message);
    try {
      return this.#dispatch(request, message, sender);
    } catch (error) {
      return this.#answers.malformed(idOf(message), error);
    }
  }

  /** An answer to a request of the server's: told to the session it belongs to. */
  #answered(request: HttpRequest, message: RpcResponse): HttpAnswer {
    const id = header(request, 'mcp-session-id');
    if (this.#options.stateless) return ACCEPTED;
    if (id === undefined)
      return this.#answers.refuse(400, {
        code: RPC.invalidRequest,
        message: 'An answer belongs to a session: the header mcp-session-id is missing',
      });
    const session = this.sessions.find(id, request);
    if (!session) return this.#refuse(404, 'There is no such session');
    session.answer(message);
    return ACCEPTED;
  }

  #take(request: HttpRequest, message: RpcRequest | RpcNotification): HttpAnswer | Promise<HttpAnswer> {
    if (isModern(message.params))
      return this.#dispatch(request, message, modernSender(request, message, this.#endpoint));
    const sender = legacySender(request, message, this.#options.stateless ? undefined : this.sessions);
    if ('refused' in sender) return this.#answers.refuse(sender.refused, sender.error);
    return this.#dispatch(request, message, sender);
  }

  #dispatch(
    request: HttpRequest,
    message: RpcRequest | RpcNotification,
    sender: Sender,
  ): HttpAnswer | Promise<HttpAnswer> {
    const { session } = sender;
    const resumable =
      this.#options.resumable && session && isRequest(message) && message.method !== 'initialize';
    const exchange = new HttpExchange(
      request,
      sender,
      resumable ? () => this.#ofSessions.streamsOf(session).record() : undefined,
    );
    if (!isRequest(message)) {
      void this.#endpoint.dispatch(message, exchange);
      return ACCEPTED;
    }
    session?.begin(message.id, exchange);
    const outcome = this.#endpoint.dispatch(message, exchange);
    if (!(outcome instanceof Promise)) return this.#finish(message, exchange, outcome);
    return new Promise<HttpAnswer>((resolve, reject) => {
      // The id of a session stands in the headers, and whether it begins is known only at the end.
      if (message.method !== 'initialize')
        exchange.onStream((begun) => {
          resolve(streamAnswer(begun));
        });
      const stop = resumable && this.#endpoint.wheel.after(PATIENCE_MS, () => exchange.begin());
      // What is cancelled by a message still waits for an answer over HTTP, and so does what the end of the server cuts off.
      let open = true;
      const finish = (settled: Outcome): void => {
        if (!open) return;
        open = false;
        if (stop) stop();
        resolve(this.#finish(message, exchange, settled));
      };
      exchange.onDrop(finish);
      outcome.then(finish, reject);
    });
  }

  /** What is left when the outcome is known: the answer, or the end of the stream that has begun. */
  #finish(message: RpcRequest, exchange: HttpExchange, outcome: Outcome): HttpAnswer {
    const { session } = exchange;
    session?.finish(message.id, exchange);
    const answer = this.#answerTo(message, exchange, outcome);
    if (message.method !== 'initialize' || !session) return answer;
    if (outcome.is === 'result' && this.sessions.admit(session))
      return { ...answer, headers: { ...answer.headers, 'mcp-session-id': session.id } };
    this.sessions.release(session);
    return answer;
  }

  #answerTo({ id }: RpcRequest, exchange: HttpExchange, outcome: Outcome): HttpAnswer {
    const { stream, record, session, era } = exchange;
    exchange.answered();
    if (!stream) return this.#answers.json(id, outcome, era);
    const text = this.#answers.text(id, outcome, era);
    if (text !== undefined) exchange.send(text);
    if (record && session) void this.#ofSessions.streamsOf(session).ended(record);
    else stream.end();
    return streamAnswer(stream);
  }

  get #methods(): string {
    return this.#options.stateless ? 'POST' : 'GET, POST, DELETE';
  }

  #refuse(status: number, message: string, headers?: Readonly<Record<string, string>>): HttpAnswer {
    return this.#answers.refuse(status, { code: RPC.invalidRequest, message }, headers);
  }
}

/** What is kept on a bus is sent after it is kept: so long the end of the server waits for it. */
const LAST_WORDS_MS = 1000;
/** A call that takes longer is answered as a stream, where that can be taken up again. */
const PATIENCE_MS = 1000;

function isModernHeader(request: HttpRequest): boolean {
  return MODERN_VERSIONS.includes(header(request, 'mcp-protocol-version') ?? '');
}
