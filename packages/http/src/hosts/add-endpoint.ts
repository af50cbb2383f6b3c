import { FrameworkError, type Endpoint, type EntryPoint } from '@tenon/core';
import type { FastifyInstance } from 'fastify';
import type { RouteRecord } from '../decorators/route.js';
import { addHealth } from './add-health.js';
import { addRoutes } from './add-routes.js';
import { McpRoute, type McpRouteOptions } from './mcp-route.js';

/** How an app is served inside a Fastify. */
export interface McpPluginOptions extends McpRouteOptions {
  /** Where under the prefix of the registration. Default: the prefix itself, or `/mcp` without one. */
  readonly path?: string;
  /**
   * Whether `/health/live` and `/health/ready` are served, which say a word; the latter is 503 while the app starts or closes. Default:
   * with `http()` they are, in a Fastify of yours they are not.
   */
  readonly health?: boolean;
}

/** Adds the endpoint, and the routes beside it, to a Fastify. */
export function addEndpoint(
  fastify: FastifyInstance,
  options: McpPluginOptions & { readonly path: string },
  of: {
    endpoint: () => Endpoint | undefined;
    routes: readonly EntryPoint<RouteRecord>[];
    /** Whether nobody else may want to answer at the path of the endpoint. */
    alone?: boolean;
  },
): void {
  const endpoint = (): Endpoint => of.endpoint() ?? notStarted();
  const route = new McpRoute(fastify, options, endpoint);
  // Each in a scope of its own: what the endpoint does to bodies and errors is nothing to other routes.
  fastify.register(async (scope) => {
    route.add(scope, options.path, of.alone);
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

function notStarted(): never {
  throw new FrameworkError('ERR_APP_NOT_STARTED', { use: 'The plugin mcp(app)' });
}
