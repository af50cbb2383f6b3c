import { entryPoint, FrameworkError, type EntryPointKind } from '@tenon/core';

/** The verbs of HTTP that a method can answer. */
export type RouteMethod = 'DELETE' | 'GET' | 'HEAD' | 'OPTIONS' | 'PATCH' | 'POST' | 'PUT';

/** What @Route writes. */
export interface RouteRecord {
  readonly method: RouteMethod;
  readonly path: string;
}

/** The methods with @Route. */
export const ROUTE: EntryPointKind<RouteRecord> = {
  name: 'tenon.route',
  decorator: '@Route',
  given: ['the request of Fastify', 'its reply'],
  keyOf: ({ method, path }) => `${method} ${path}`,
};

/**
 * Serves a method of a handler class over HTTP, beside the MCP endpoint: `@Route('GET', '/status')`.
 *
 * It is called with the request and the reply of Fastify, and with what its other parameters ask for. What it returns is sent;
 * what it throws is masked like everything unknown. It is reached by those that reach the endpoint: Host and Origin are checked.
 */
export function Route(method: RouteMethod, path: string): MethodDecorator {
  return (target, key, descriptor) => {
    if (typeof path !== 'string' || !path.startsWith('/'))
      throw new FrameworkError('ERR_DECORATOR_MISUSE', {
        decorator: '@Route',
        target: `${target.constructor.name}.${String(key)}`,
        problem: 'names no path',
        cure: `Write the verb and the path: @Route('GET', '/${String(key)}').`,
      });
    entryPoint(ROUTE, { method, path })(target, key, descriptor);
  };
}
