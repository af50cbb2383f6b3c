import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HttpRequest } from '../rules/http-message.js';

/** A request of Fastify as the rules see it. */
export function httpRequest(request: FastifyRequest, reply: FastifyReply): HttpRequest {
  const { raw } = request;
  return {
    method: request.method,
    target: raw.url ?? '',
    headers: request.headers,
    rawHeaders: raw.rawHeaders,
    body: request.body instanceof Uint8Array ? request.body : undefined,
    // What a proxy says only where the Fastify around trusts its proxy.
    address: request.ip,
    principal: undefined,
    onDisconnect: (run) => {
      const gone = (): void => {
        // Not `writableFinished`, which over HTTP/2 also becomes true where the client gives up.
        if (!reply.raw.writableEnded) run();
      };
      if (reply.raw.destroyed) gone();
      else reply.raw.once('close', gone);
    },
  };
}
