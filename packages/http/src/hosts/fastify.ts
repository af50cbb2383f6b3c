import { FrameworkError, type Endpoint } from '@tenon/core';
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { HttpAnswer, HttpRequest } from '../rules/http-message.js';
import { keepAlive } from '../rules/keep-alive.js';
import { McpRules, type McpRulesOptions } from '../rules/mcp-rules.js';
import { errorAnswer } from './error-answer.js';
import { pipeEvents, withVary } from './pipe-events.js';

/** How an app is served inside a Fastify. */
export interface McpPluginOptions extends McpRulesOptions {
  /** Where under the prefix of the registration. Default: the prefix itself, or `/mcp` without one. */
  readonly path?: string;
  /** The largest body, in bytes. Default: 1 MiB. */
  readonly bodyLimit?: number;
  /** How often an open stream says that it is alive, in milliseconds; 0: never. Default: 15 seconds. */
  readonly keepAliveMs?: number;
}

/** What can be served: an app, as far as this package needs it. */
export interface Startable {
  start(): Promise<Endpoint>;
  close(): Promise<void>;
}

/**
 * An app as a Fastify plugin: `fastify.register(mcp(app), { prefix: '/mcp' })`.
 *
 * The app starts when Fastify gets ready and closes with it. Parsers, limits and the error handler of the Fastify around it neither
 * apply nor change.
 */
export function mcp(app: Startable, options: McpPluginOptions = {}): FastifyPluginAsync {
  return async (fastify) => {
    let endpoint: Endpoint | undefined;
    fastify.addHook('onReady', async () => {
      endpoint = await app.start();
    });
    fastify.addHook('onClose', () => app.close());
    const route = new McpRoute(fastify, options, () => endpoint ?? notStarted());
    route.add(options.path ?? (fastify.prefix === '' ? '/mcp' : '/'));
    return Promise.resolve();
  };
}

const METHODS = ['GET', 'POST', 'DELETE'];

/** The route of one endpoint: requests in, the answers of the rules out. */
export class McpRoute {
  readonly #fastify: FastifyInstance;
  readonly #options: McpPluginOptions;
  readonly #endpoint: () => Endpoint;
  readonly #streams = new Set<() => void>();
  #rules: McpRules | undefined;

  constructor(fastify: FastifyInstance, options: McpPluginOptions, endpoint: () => Endpoint) {
    this.#fastify = fastify;
    this.#options = options;
    this.#endpoint = endpoint;
  }

  /** Adds the route, with a parser and an error handler of its own. */
  add(path: string): void {
    const { bodyLimit = 1024 * 1024 } = this.#options;
    this.#fastify.removeAllContentTypeParsers();
    this.#fastify.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => {
      done(null, body);
    });
    this.#fastify.setErrorHandler((error, request, reply) => {
      const answer = errorAnswer(error, this.#endpoint());
      return send(reply, this.#ready().readable(httpRequest(request, reply), answer));
    });
    this.#fastify.addHook('preClose', async () => {
      // Now, because Fastify waits for every answer before it lets anything else close.
      if (this.#rules) await this.#endpoint().stop();
      this.#rules?.close();
      for (const end of this.#streams) end();
    });
    try {
      this.#fastify.route({
        // Without CORS of its own, a plugin of the Fastify around may answer OPTIONS.
        method: this.#options.cors ? [...METHODS, 'OPTIONS'] : METHODS,
        url: path,
        bodyLimit,
        handler: this.#handle,
      });
    } catch (cause) {
      if ((cause as { code?: unknown }).code !== 'FST_ERR_DUPLICATED_ROUTE') throw cause;
      throw new FrameworkError('ERR_SERVE_PATH_TAKEN', { path: `${this.#fastify.prefix}${path}` }, { cause });
    }
  }

  readonly #handle = (request: FastifyRequest, reply: FastifyReply): unknown => {
    const answer = this.#ready().answer(httpRequest(request, reply));
    if (answer instanceof Promise) return answer.then((settled) => this.#send(reply, settled));
    return this.#send(reply, answer);
  };

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
    stream.onClose(() => this.#streams.delete(end));
    keepAlive(stream, this.#endpoint().wheel, this.#options.keepAliveMs ?? 15_000);
    return reply;
  }
}

function send(reply: FastifyReply, answer: HttpAnswer & { body: string }): FastifyReply {
  return reply.code(answer.status).headers(withVary(reply, answer.headers)).send(answer.body);
}

function httpRequest(request: FastifyRequest, reply: FastifyReply): HttpRequest {
  const { raw } = request;
  return {
    method: request.method,
    target: raw.url ?? '',
    headers: request.headers,
    rawHeaders: raw.rawHeaders,
    body: request.body instanceof Uint8Array ? request.body : undefined,
    address: raw.socket.remoteAddress,
    principal: undefined,
    onDisconnect: (run) => {
      const gone = (): void => {
        if (!reply.raw.writableFinished) run();
      };
      if (reply.raw.destroyed) gone();
      else reply.raw.once('close', gone);
    },
  };
}

/** The address a server is bound to; as `inject()` binds none, it counts as loopback. */
function boundAddress(fastify: FastifyInstance): string {
  const address = fastify.server.address();
  return typeof address === 'object' && address ? address.address : 'localhost';
}

function notStarted(): never {
  throw new Error('The MCP plugin was asked before Fastify was ready: await fastify.ready() first');
}
