import type { Endpoint, EntryPoint, EntryPointKind } from '@tenon/core';
import type { FastifyPluginAsync } from 'fastify';
import { ROUTE } from '../decorators/route.js';
import { checkOptions } from '../rules/check-options.js';
import { addEndpoint, type McpPluginOptions } from './add-endpoint.js';

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
  checkOptions(options);
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

/** A prefix and a path that say the same are meant once. */
function tellWhere(prefix: string, path: string, { logger }: Endpoint): void {
  const served = `${prefix}${path === '/' && prefix !== '' ? '' : path}`;
  if (path !== '/' && prefix.endsWith(path))
    logger.warn(
      `MCP is served at ${served}: the path comes after the prefix. Leave out the option "path" of mcp(app), or the prefix`,
    );
  else logger.info(`MCP is served at ${served}`);
}
