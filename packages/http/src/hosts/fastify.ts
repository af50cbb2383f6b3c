import { FrameworkError, type Endpoint, type EntryPoint, type EntryPointKind } from '@tenon/core';
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { ROUTE, type RouteRecord } from '../decorators/route.js';
import type { HttpAnswer } from '../rules/http-message.js';
import { keepAlive } from '../rules/keep-alive.js';
import { McpRules, type McpRulesOptions } from '../rules/mcp-rules.js';
import { addHealth } from './add-health.js';
import { addRoutes } from './add-routes.js';
import { errorAnswer } from './error-answer.js';
import { httpRequest } from './http-request.js';
import { pipeEvents, withVary } from './pipe-events.js';

/** How an app is served inside a Fastify. */
export interface McpPluginOptions extends McpRulesOptions {
  /** Where under the prefix of the registration. Default: the prefix itself, or `/mcp` without one. */
  readonly path?: string;
  /** The largest body, in bytes. Default: 1 MiB. */
  readonly bodyLimit?: number;
  /** How often an open stream says that it is alive, in milliseconds; 0: never. Default: 15 seconds. */
  readonly keepAliveMs?: number;
  /**
   * Whether `/health/live` and `/health/ready` are served, which say a word; the latter is 503 while the app starts or closes. Default:
   * with `http()` they are, in a Fastify of yours they are not.
   */
  readonly health?: boolean;
}

/** What can be served: an app, as far as this package needs it. */
export interface Startable {
  start(): Promise<Endpoint>;
  close(): Promise<void>;
  entryPoints<R>(kind: EntryPointKind<R>): readonly EntryPoint<R>[];
}

/**
 * An app as a Fastify plugin: `fastify.register(mcp(app), { prefix: '/mcp' })`.
 *
 * The app starts when Fastify gets ready and closes with it. Parsers, limits and the error handler of the Fastify around it neither
 * apply nor change. Methods with @Route are served under the prefix, too.
 */
export function mcp(app: Startable, options: McpPluginOptions = {}): FastifyPluginAsync {
  return async (fastify) => {
    const { path = fastify.prefix === '' ? '/mcp' : '/' } = options;
    let endpoint: Endpoint | undefined;
    fastify.addHook('onReady', async () => {
      endpoint = await app.start();
      tellWhere(fastify.prefix, path, endpoint);
    });
    fastify.addHook('onClose', () => app.close());
    addEndpoint(fastify, { ...options, path }, { endpoint: () => endpoint, routes: app.entryPoints(ROUTE) });
    return Promise.resolve();
  };
}

/** Adds the endpoint, and the routes beside it, to a Fastify. */
export function addEndpoint(
  fastify: FastifyInstance,
  options: McpPluginOptions & { readonly path: string },
  of: { endpoint: () => Endpoint | undefined; routes: readonly EntryPoint<RouteRecord>[] },
): void {
  const endpoint = (): Endpoint => of.endpoint() ?? notStarted();
  const route = new McpRoute(fastify, options, endpoint);
  // Each in a scope of its own: what the endpoint does to bodies and errors is nothing to other routes.
  fastify.register(async (scope) => {
    route.add(scope, options.path);
    await Promise.resolve();
  });
  if (of.routes.length > 0)
    fastify.register(async (scope) => {
      addRoutes(scope, of.routes, { endpoint, refusal: route.refusal });
      await Promise.resolve();
    });
  const taken = (path: string): boolean =>
    of.routes.some(({ record }) => record.method === 'GET' && record.path === path);
  if (options.health) addHealth(fastify, of.endpoint, taken);
}

/** A prefix and a path that say the same are meant once. */
function tellWhere(prefix: string, path: string, { logger }: Endpoint): void {
  const served = `${prefix}${path === '/' && prefix !== '' ? '' : path}`;
  if (path !== '/' && prefix.endsWith(path))
    logger.warn(
      `MCP is served at ${served}: the path comes after the prefix. Leave out the option "path" of mcp(app), or the prefix`,
    );
  else logger.info(`MCP is served at ${served}`);
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

  /** Adds the route to a scope of Fastify, with a parser and an error handler of its own. */
  add(scope: FastifyInstance, path: string): void {
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
      // Now, because Fastify waits for every answer before it lets anything else close.
      if (this.#rules) await this.#endpoint().stop();
      this.#rules?.close();
      for (const end of this.#streams) end();
    });
    try {
      scope.route({
        // Without CORS of its own, a plugin of the Fastify around may answer OPTIONS.
        method: this.#options.cors ? [...METHODS, 'OPTIONS'] : METHODS,
        url: path,
        bodyLimit,
        handler: this.#handle,
      });
    } catch (cause) {
      if ((cause as { code?: unknown }).code !== 'FST_ERR_DUPLICATED_ROUTE') throw cause;
      throw new FrameworkError('ERR_SERVE_PATH_TAKEN', { path: `${scope.prefix}${path}` }, { cause });
    }
  }

  /** Why a request, to a route beside this one, is refused; undefined if it is not. */
  readonly refusal = (request: FastifyRequest, reply: FastifyReply): string | undefined =>
    this.#ready().refusal(httpRequest(request, reply));

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

/** The address a server is bound to; as `inject()` binds none, it counts as loopback. */
function boundAddress(fastify: FastifyInstance): string {
  const address = fastify.server.address();
  return typeof address === 'object' && address ? address.address : 'localhost';
}

function notStarted(): never {
  throw new Error('The MCP plugin was asked before Fastify was ready: await fastify.ready() first');
}
