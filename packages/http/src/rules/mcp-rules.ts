import {
  checkMessage,
  idOf,
  isModern,
  isRequest,
  isResponse,
  parseJson,
  MODERN_VERSIONS,
  RPC,
  Unavailable,
  type Endpoint,
  type Outcome,
  type RpcNotification,
  type RpcRequest,
  type RpcResponse,
  type Session,
} from '@tenon/core';
import { ACCEPTED, Answers, streamAnswer } from './answers.js';
import { HostGuard, type HostGuardOptions } from './host-guard.js';
import { HttpExchange, type Sender } from './http-exchange.js';
import { header, type HttpAnswer, type HttpRequest } from './http-message.js';
import { checkVersion, legacySender } from './legacy-sender.js';
import { modernSender } from './modern-sender.js';
import { readBody, unreadable } from './read-body.js';
import { SessionStreams } from './session-streams.js';
import { Sessions, type SessionLimits } from './sessions.js';

/** How an endpoint over HTTP behaves. */
export interface McpRulesOptions extends HostGuardOptions {
  /** Keeps no sessions for clients of the older era: every message stands alone, and any process can answer it. */
  readonly stateless?: boolean;
  readonly sessions?: SessionLimits;
}

/** The protocol over HTTP, in both eras, as rules from a request to an answer; knows no server. */
export class McpRules {
  readonly sessions: Sessions;
  readonly #endpoint: Endpoint;
  readonly #options: McpRulesOptions;
  readonly #answers: Answers;
  readonly #guard: HostGuard;
  readonly #streams = new WeakMap<Session, SessionStreams>();

  constructor(endpoint: Endpoint, address: string, options: McpRulesOptions) {
    this.#endpoint = endpoint;
    this.#options = options;
    this.#answers = new Answers(endpoint.encoder);
    this.#guard = new HostGuard(address, options);
    this.sessions = new Sessions(endpoint, options.sessions ?? {});
  }

  /** Answers one request; a promise only where something has to be awaited. */
  answer(request: HttpRequest): HttpAnswer | Promise<HttpAnswer> {
    const refusal = this.#guard.refusal(request);
    if (refusal !== undefined) return this.#refuse(403, refusal);
    if (request.method === 'POST') return this.#post(request);
    if (request.method !== 'GET' && request.method !== 'DELETE') return this.#notAllowed();
    try {
      return request.method === 'GET' ? this.#get(request) : this.#delete(request);
    } catch (error) {
      return this.#answers.malformed(null, error);
    }
  }

  /** Ends all sessions. */
  close(): void {
    this.sessions.close();
  }

  #post(request: HttpRequest): HttpAnswer | Promise<HttpAnswer> {
    const refused = unreadable(request, this.#answers);
    if (refused) return refused;
    let value: unknown;
    try {
      value = parseJson(readBody(request));
      const message = checkMessage(value);
      if (isResponse(message)) return this.#answered(request, message);
      return this.#take(request, message);
    } catch (error) {
      if (Unavailable.is(error)) return this.#answers.json(idOf(value), unavailableOutcome(error), 'modern');
      return this.#answers.malformed(idOf(value), error);
    }
  }

  /** An answer to a request of the server's: told to the session it belongs to. */
  #answered(request: HttpRequest, message: RpcResponse): HttpAnswer {
    const id = header(request, 'mcp-session-id');
    if (this.#options.stateless || id === undefined) return ACCEPTED;
    const session = this.sessions.find(id, request);
    if (!session) return this.#refuse(404, 'There is no such session');
    session.answer(message);
    return ACCEPTED;
  }

  #take(request: HttpRequest, message: RpcRequest | RpcNotification): HttpAnswer | Promise<HttpAnswer> {
    if (isModern(message.params)) return this.#dispatch(request, message, modernSender(request, message));
    const sender = legacySender(request, message, this.#options.stateless ? undefined : this.sessions);
    if ('refused' in sender) return this.#answers.refuse(sender.refused, sender.error);
    return this.#dispatch(request, message, sender);
  }

  #dispatch(
    request: HttpRequest,
    message: RpcRequest | RpcNotification,
    sender: Sender,
  ): HttpAnswer | Promise<HttpAnswer> {
    const exchange = new HttpExchange(request, sender);
    if (!isRequest(message)) {
      void this.#endpoint.dispatch(message, exchange);
      return ACCEPTED;
    }
    const { session } = sender;
    session?.begin(message.id, exchange);
    const outcome = this.#endpoint.dispatch(message, exchange);
    if (!(outcome instanceof Promise)) return this.#finish(request, message, { exchange, outcome });
    return new Promise<HttpAnswer>((resolve, reject) => {
      // The id of a session stands in the headers, and whether it begins is known only at the end.
      if (message.method !== 'initialize')
        exchange.onStream((begun) => {
          resolve(streamAnswer(begun));
        });
      outcome.then((settled) => {
        resolve(this.#finish(request, message, { exchange, outcome: settled }));
      }, reject);
    });
  }

  /** What is left when the outcome is known: the answer, or the end of the stream that has begun. */
  #finish(
    request: HttpRequest,
    message: RpcRequest,
    of: { exchange: HttpExchange; outcome: Outcome },
  ): HttpAnswer {
    const { exchange, outcome } = of;
    const { session } = exchange;
    session?.finish(message.id, exchange);
    const answer = this.#answer(message, exchange, outcome);
    if (message.method !== 'initialize' || !session || outcome.is !== 'result') return answer;
    this.sessions.keep(session, request);
    return { ...answer, headers: { ...answer.headers, 'mcp-session-id': session.id } };
  }

  #answer({ id }: RpcRequest, { stream, era }: HttpExchange, outcome: Outcome): HttpAnswer {
    if (!stream) return this.#answers.json(id, outcome, era);
    const text = this.#answers.text(id, outcome, era);
    if (text !== undefined) stream.send(text);
    stream.end();
    return streamAnswer(stream);
  }

  /** Opens the stream for what belongs to no request, which only the older era has. */
  #get(request: HttpRequest): HttpAnswer {
    if (this.#options.stateless || MODERN_VERSIONS.includes(header(request, 'mcp-protocol-version') ?? ''))
      return this.#notAllowed();
    if (!header(request, 'accept')?.includes('text/event-stream')) return this.#refuse(406, EXPLAINED);
    const session = this.#sessionOf(request);
    if ('status' in session) return session;
    const stream = this.#streamsOf(session).listen();
    if (!stream) return this.#refuse(409, 'This session has a stream open already');
    stream.onClose(this.sessions.hold(session));
    return streamAnswer(stream);
  }

  #delete(request: HttpRequest): HttpAnswer {
    if (this.#options.stateless) return this.#notAllowed();
    const session = this.#sessionOf(request);
    if ('status' in session) return session;
    this.sessions.end(session);
    return { status: 204, headers: {}, body: '' };
  }

  /** The session a request without a message is about, or the refusal of the request. */
  #sessionOf(request: HttpRequest): Session | HttpAnswer {
    const version = header(request, 'mcp-protocol-version');
    if (version !== undefined) checkVersion(version);
    const id = header(request, 'mcp-session-id');
    const session = id === undefined ? undefined : this.sessions.find(id, request);
    if (session) return session;
    return id === undefined
      ? this.#answers.refuse(400, {
          code: RPC.invalidRequest,
          message: `The header mcp-session-id is missing. ${EXPLAINED}`,
        })
      : this.#refuse(404, 'There is no such session');
  }

  #streamsOf(session: Session): SessionStreams {
    const known = this.#streams.get(session);
    if (known) return known;
    const streams = new SessionStreams(session);
    this.#streams.set(session, streams);
    return streams;
  }

  #notAllowed(): HttpAnswer {
    return this.#refuse(405, EXPLAINED, { allow: this.#options.stateless ? 'POST' : 'GET, POST, DELETE' });
  }

  #refuse(status: number, message: string, headers?: Readonly<Record<string, string>>): HttpAnswer {
    return this.#answers.refuse(status, { code: RPC.invalidRequest, message }, headers);
  }
}

const EXPLAINED =
  'This is an MCP endpoint: send JSON-RPC messages by POST, as a "streamable HTTP" client does';

function unavailableOutcome({ message, code, retryAfterMs }: Unavailable): Outcome {
  return {
    is: 'error',
    code: RPC.internalError,
    message,
    data: { code, retryAfterMs },
    refusal: 'unavailable',
    retryAfterMs,
  };
}
