import { FrameworkError, MODERN_VERSIONS, type Endpoint, type EntryPoint } from '@tenon/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RouteRecord } from '../decorators/route.js';
import { HttpExchange } from '../rules/http-exchange.js';
import { httpRequest } from './http-request.js';
import { routeError } from './route-error.js';

/** What routes need of the endpoint they stand beside. */
export interface BesideEndpoint {
  readonly endpoint: () => Endpoint;
  /** Why a request is refused; undefined if it is not. */
  readonly refusal: (request: FastifyRequest, reply: FastifyReply) => string | undefined;
}

/** Adds the methods with @Route to a Fastify. Its parsers apply to them; its error handler, which may tell too much, does not. */
export function addRoutes(
  fastify: FastifyInstance,
  routes: readonly EntryPoint<RouteRecord>[],
  of: BesideEndpoint,
): void {
  fastify.setErrorHandler((error, _request, reply) => routeError(error, reply, of.endpoint()));
  fastify.addHook('onRequest', (request, reply, done) => {
    const refusal = of.refusal(request, reply);
    if (refusal === undefined) done();
    else void reply.code(403).send({ statusCode: 403, error: 'Forbidden', message: refusal });
  });
  for (const route of routes) {
    const { method, path } = route.record;
    const handler = (request: FastifyRequest, reply: FastifyReply): Promise<unknown> =>
      answer(route, request, reply);
    try {
      fastify.route({ method, url: path, handler });
    } catch (cause) {
      if ((cause as { code?: unknown }).code !== 'FST_ERR_DUPLICATED_ROUTE') throw cause;
      const taken = { method: route.label, route: `${method} ${fastify.prefix}${path}` };
      throw new FrameworkError('ERR_SERVE_ROUTE_TAKEN', taken, { cause });
    }
  }
}

/** Who calls a route speaks no revision of the protocol, and is told nothing by it. */
const NOBODY = {
  era: 'modern',
  version: MODERN_VERSIONS[0] ?? '',
  peer: { info: undefined, capabilities: {} },
} as const;

async function answer(
  route: EntryPoint<RouteRecord>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const result = await route.call(new HttpExchange(httpRequest(request, reply), NOBODY), [request, reply]);
  // Whoever answers through the reply has answered; whoever does neither has nothing to say.
  if (result === undefined && !reply.sent) return reply.send();
  return result === undefined ? reply : result;
}
