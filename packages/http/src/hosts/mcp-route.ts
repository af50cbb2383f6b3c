import { FrameworkError, type Endpoint } from '@tenon/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { HttpAnswer, HttpRequest } from '../rules/http-message.js';
import { keepAlive } from '../rules/keep-alive.js';
import { McpRules, type McpRulesOptions } from '../rules/mcp-rules.js';
import { errorAnswer } from './error-answer.js';
import { httpRequest } from './http-request.js';
import { pipeEvents, withVary } from './pipe-events.js';

/** How an endpoint is served by Fastify. */
export interface McpRouteOptions extends McpRulesOptions {
  /** The largest body, in bytes. Default: 1 MiB. */
  readonly bodyLimit?: number;
  /** How often an open stream says that it is alive, in milliseconds; 0: never. Default: 15 seconds. */
  readonly keepAliveMs?: number;
  /**
   * Serves the transport of 2024-11-05 as well, HTTP+SSE, for clients that know no other: by default at `/sse` and `/messages`. Default:
   * it is not served. Its sessions end with their stream, and are counted with the others.
   */
  readonly sse?: boolean | SsePaths;
}

/** Where the older HTTP+SSE is served. */
export interface SsePaths {
  /** Where clients open their stream. Default: `/sse`. */
  readonly path?: string;
  /** Where they post their messages. Default: `/messages`. */
  readonly messagesPath?: string;
}

const METHODS = ['GET', 'POST', 'DELETE'];
/** Verbs that are refused, where nobody else may answer them. */
const REFUSED = ['PUT', 'PATCH', 'OPTIONS'];

/** The route of one endpoint: requests in, the answers of the rules out. */
export class McpRoute {
  readonly #fastify: FastifyInstance;
  readonly #options: McpRouteOptions;
  readonly #endpoint: () => Endpoint;
  readonly #streams = new Set<() => void>();
  #rules: McpRules | undefined;

  constructor(fastify: FastifyInstance, options: McpRouteOptions, endpoint: () => Endpoint) {
    this.#fastify = fastify;
    this.#options = options;
    this.#endpoint = endpoint;
  }

  /** Adds the route to a scope of Fastify, with a parser and an error handler of its own; alone it answers every verb. */
  add(scope: FastifyInstance, path: string, alone = false): void {
    const { bodyLimit = 1024 * 1024 } = this.#options;
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => {
      done(null, body);
    });
    scope.setErrorHandler((error, request, reply) => {
      const answer = errorAnswer(error, this.#endpoint());
      return send(reply, this.#ready().readable(httpRequest(request, reply), answer));
    });
    scope.addHook('preClose', async () => {
      // Now, because Fastify waits for every answer before it lets anything else close. A server of its own is one way among others
      // to an app, which may go on.
      if (this.#rules && !alone) await this.#endpoint().stop();
      await this.#rules?.close();
      for (const end of this.#streams) end();
    });
    const methods = alone ? [...METHODS, ...REFUSED] : METHODS;
    this.#route(scope, { methods, path, bodyLimit }, (request) => this.#ready().answer(request));
    const { sse } = this.#options;
    if (!sse) return;
    const { path: streamPath = '/sse', messagesPath = '/messages' } = sse === true ? {} : sse;
    const older = (request: HttpRequest): HttpAnswer =>
      this.#ready().olderAnswer(request, `${scope.prefix}${messagesPath}`);
    this.#route(scope, { methods: ['GET'], path: streamPath, bodyLimit }, older);
    this.#route(scope, { methods: ['POST'], path: messagesPath, bodyLimit }, older);
  }

  #route(
    scope: FastifyInstance,
    of: { methods: readonly string[]; path: string; bodyLimit: number },
    answer: (request: HttpRequest) => HttpAnswer | Promise<HttpAnswer>,
  ): void {
    // Without CORS of its own, a plugin of the Fastify around may answer OPTIONS.
    const method = [...new Set([...of.methods, ...(this.#options.cors ? ['OPTIONS'] : [])])];
    const handler = (request: FastifyRequest, reply: FastifyReply): unknown => {
      const answered = answer(httpRequest(request, reply));
      if (answered instanceof Promise) return answered.then((settled) => this.#send(reply, settled));
      return this.#send(reply, answered);
    };
    try {
      scope.route({ method, url: of.path, bodyLimit: of.bodyLimit, handler });
    } catch (cause) {
      if ((cause as { code?: unknown }).code !== 'FST_ERR_DUPLICATED_ROUTE') throw cause;
      throw new FrameworkError('ERR_SERVE_PATH_TAKEN', { path: `${scope.prefix}${of.path}` }, { cause });
    }
  }

  /** Why a request, to a route beside this one, is refused; undefined if it is not. */
  readonly refusal = (request: FastifyRequest, reply: FastifyReply): string | undefined =>
    this.#ready().refusal(httpRequest(request, reply));

  /** The rules, made at the first request: before, the server may not be bound to its address yet. */
  #ready(): McpRules {
    return (this.#rules ??= new McpRules(this.#endpoint(), boundAddress(this.#fastify), this.#options));
  }

  #send(reply: FastifyReply, answer: HttpAnswer): FastifyReply {
    if (!('stream' in answer)) return send(reply, answer);
    const { stream } = answer;
    reply.hijack();
    const end = pipeEvents(stream, reply, answer);
    this.#streams.add(end);
    const closed = this.#endpoint().streamOpened();
    stream.onClose(() => {
      this.#streams.delete(end);
      closed();
    });
    keepAlive(stream, this.#endpoint().wheel, this.#options.keepAliveMs ?? 15_000);
    return reply;
  }
}

function send(reply: FastifyReply, answer: HttpAnswer & { body: string }): FastifyReply {
  return reply.code(answer.status).headers(withVary(reply, answer.headers)).send(answer.body);
}

/** The address a server is bound to; as `inject()` binds none, it counts as loopback. */
function boundAddress(fastify: FastifyInstance): string {
  const address = fastify.server.address();
  return typeof address === 'object' && address ? address.address : 'localhost';
}
