import { FrameworkError, type Endpoint, type Served, type Transport } from '@tenon/core';
import Fastify, { type FastifyInstance } from 'fastify';
import { ROUTE } from './decorators/route.js';
import { addEndpoint, type McpPluginOptions } from './hosts/add-endpoint.js';
import { clientError } from './hosts/client-error.js';
import { notFound } from './hosts/not-found.js';
import { checkOptions } from './rules/check-options.js';
import { checkTrustProxy, untrusted, type TrustProxy } from './rules/trust-proxy.js';

/** How an app is served over HTTP by a Fastify of its own. */
export interface HttpOptions extends McpPluginOptions {
  /** Default: `127.0.0.1`, which only this machine reaches. */
  readonly host?: string;
  /** Default: 8000; 0 takes any free port. */
  readonly port?: number;
  /** Connections at one time, idle ones and streams included; beyond it a newcomer is cut off. Default: 10 000. */
  readonly maxConnections?: number;
  /**
   * Whose `X-Forwarded-For` is believed, where limits, sessions and `ctx.http.address` go by the address of a client. Default: nobody's,
   * so that all who come through a proxy have its address.
   */
  readonly trustProxy?: TrustProxy;
}

/** A client has so long to send its request, in milliseconds; how long it is answered is not limited. */
const REQUEST_MS = 60_000;

/** Serves over HTTP, in both eras, at `http://127.0.0.1:8000/mcp` unless told otherwise. */
export function http(options: HttpOptions = {}): Transport {
  checkOptions(options);
  checkTrustProxy(options.trustProxy);
  return { name: 'http', open: (endpoint) => open(endpoint, options) };
}

async function open(endpoint: Endpoint, options: HttpOptions): Promise<Served> {
  const { host = '127.0.0.1', port = 8000, path = '/mcp', maxConnections = 10_000 } = options;
  const fastify = ownFastify(endpoint, options.trustProxy);
  fastify.server.maxConnections = maxConnections;
  addEndpoint(
    fastify,
    { health: true, ...options, path },
    { endpoint: () => endpoint, routes: endpoint.entryPoints(ROUTE), alone: true },
  );
  fastify.setNotFoundHandler((request, reply) => notFound(request, reply, { path, sse: options.sse }));
  await listen(fastify, host, port);
  const address = fastify.server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  const name = host.includes(':') ? `[${host}]` : host;
  return { url: `http://${name}:${bound}${path}`, close: () => fastify.close() };
}

function ownFastify(endpoint: Endpoint, trustProxy: TrustProxy | undefined): FastifyInstance {
  try {
    return Fastify({
      forceCloseConnections: true,
      requestTimeout: REQUEST_MS,
      clientErrorHandler: (error, socket) => {
        clientError(error, socket, endpoint);
      },
      trustProxy: trusted(trustProxy),
    });
  } catch (cause) {
    if (trustProxy === undefined) throw cause;
    throw untrusted(trustProxy, cause);
  }
}

function trusted(
  given: TrustProxy | undefined,
): string | string[] | ((address: string, hop: number) => boolean) | false {
  if (given === undefined) return false;
  // A number that Fastify itself is given trusts nobody, for it cannot tell who connects.
  if (typeof given === 'number') return (_address, hop) => hop < given;
  return typeof given === 'string' ? given : [...given];
}

async function listen(fastify: FastifyInstance, host: string, port: number): Promise<void> {
  try {
    await fastify.listen({ host, port });
  } catch (cause) {
    await fastify.close();
    if ((cause as { code?: unknown }).code !== 'EADDRINUSE') throw cause;
    throw new FrameworkError('ERR_SERVE_PORT_IN_USE', { port, host, next: port + 1 }, { cause });
  }
}
