import {
  checkMessage,
  idOf,
  isModern,
  isRequest,
  isResponse,
  parseJson,
  ProtocolError,
  RPC,
  Unavailable,
  type Endpoint,
  type Outcome,
  type RpcNotification,
  type RpcRequest,
  type RpcResponse,
} from '@tenon/core';
import { isUtf8 } from 'node:buffer';
import { ACCEPTED, Answers, streamAnswer } from './answers.js';
import { HostGuard, type HostGuardOptions } from './host-guard.js';
import { HttpExchange, type Sender } from './http-exchange.js';
import { header, type HttpAnswer, type HttpRequest } from './http-message.js';
import { legacySender } from './legacy-sender.js';
import { modernSender } from './modern-sender.js';
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
    if (refusal !== undefined)
      return this.#answers.refuse(403, { code: RPC.invalidRequest, message: refusal });
    if (request.method === 'POST') return this.#post(request);
    if (request.method === 'DELETE') return this.#delete(request);
    const message =
      'This is an MCP endpoint: send JSON-RPC messages by POST, as a "streamable HTTP" client does';
    return this.#answers.refuse(
      405,
      { code: RPC.invalidRequest, message },
      { allow: this.#options.stateless ? 'POST' : 'POST, DELETE' },
    );
  }

  /** Ends all sessions. */
  close(): void {
    this.sessions.close();
  }

  #post(request: HttpRequest): HttpAnswer | Promise<HttpAnswer> {
    const unreadable = this.#unreadable(request);
    if (unreadable) return unreadable;
    let value: unknown;
    try {
      value = parseJson(readBody(request));
      const message = checkMessage(value);
      if (isResponse(message)) return this.#answered(request, message);
      return this.#take(request, message);
    } catch (error) {
      if (Unavailable.is(error)) return this.#answers.json(idOf(value), unavailable(error), 'modern');
      return this.#answers.malformed(idOf(value), error);
    }
  }

  /** An answer to a request of the server's: told to the session it belongs to. */
  #answered(request: HttpRequest, message: RpcResponse): HttpAnswer {
    const id = header(request, 'mcp-session-id');
    if (this.#options.stateless || id === undefined) return ACCEPTED;
    const session = this.sessions.find(id, request);
    if (!session)
      return this.#answers.refuse(404, { code: RPC.invalidRequest, message: 'There is no such session' });
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
      const { stream } = exchange;
      if (stream) resolve(streamAnswer(stream));
      else {
        exchange.onStream((begun) => {
          resolve(streamAnswer(begun));
        });
      }
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
    const { session, stream, era } = exchange;
    session?.finish(message.id, exchange);
    if (stream) {
      const text = this.#answers.text(message.id, outcome, era);
      if (text !== undefined) stream.send(text);
      stream.end();
      return streamAnswer(stream);
    }
    const answer = this.#answers.json(message.id, outcome, era);
    if (message.method !== 'initialize' || !session || outcome.is !== 'result') return answer;
    this.sessions.keep(session, request);
    return { ...answer, headers: { ...answer.headers, 'mcp-session-id': session.id } };
  }

  #delete(request: HttpRequest): HttpAnswer {
    if (this.#options.stateless)
      return this.#answers.refuse(
        405,
        { code: RPC.invalidRequest, message: 'This server keeps no sessions' },
        { allow: 'POST' },
      );
    const id = header(request, 'mcp-session-id');
    if (id === undefined)
      return this.#answers.refuse(400, {
        code: RPC.invalidRequest,
        message: 'The header mcp-session-id is missing',
      });
    const session = this.sessions.find(id, request);
    if (!session)
      return this.#answers.refuse(404, { code: RPC.invalidRequest, message: 'There is no such session' });
    this.sessions.end(session);
    return { status: 204, headers: {}, body: '' };
  }

  #unreadable(request: HttpRequest): HttpAnswer | undefined {
    const type = header(request, 'content-type') ?? '';
    if (!/^application\/json\s*(;|$)/i.test(type)) {
      return this.#answers.refuse(415, {
        code: RPC.invalidRequest,
        message: 'Content-Type must be application/json',
      });
    }
    const encoding = header(request, 'content-encoding');
    if (encoding !== undefined && encoding !== 'identity') {
      return this.#answers.refuse(415, {
        code: RPC.invalidRequest,
        message: 'Content-Encoding is not supported',
      });
    }
    const accept = header(request, 'accept');
    if (
      accept === undefined ||
      accept.includes('application/json') ||
      accept.includes('*/*') ||
      accept.includes('application/*')
    )
      return undefined;
    return this.#answers.refuse(406, {
      code: RPC.invalidRequest,
      message: 'Accept must admit application/json and text/event-stream',
    });
  }
}

function readBody({ body }: HttpRequest): string {
  if (!body || !isUtf8(body))
    throw new ProtocolError(
      RPC.parseError,
      body ? 'Parse error: the body is not UTF-8' : 'Parse error: there is no body',
    );
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
}

function unavailable({ message, code, retryAfterMs }: Unavailable): Outcome {
  return {
    is: 'error',
    code: RPC.internalError,
    message,
    data: { code, retryAfterMs },
    refusal: 'unavailable',
    retryAfterMs,
  };
}
