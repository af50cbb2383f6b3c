import { Unavailable, type Endpoint } from '@tenon/core';
import type { FastifyReply } from 'fastify';
import { STATUS_CODES } from 'node:http';

/** Answers what a method with @Route threw: what names a status below 500 as it is, anything else masked. */
export function routeError(error: unknown, reply: FastifyReply, endpoint: Endpoint): FastifyReply {
  const { statusCode = 500, message } = error as { statusCode?: number; message?: string };
  if (statusCode >= 400 && statusCode < 500) return answer(reply, statusCode, message ?? '');
  if (Unavailable.is(error)) {
    endpoint.logger.warn(error.message, { err: error });
    return answer(reply.header('retry-after', Math.ceil(error.retryAfterMs / 1000)), 503, error.message);
  }
  const reference = endpoint.ids.reference();
  endpoint.logger.error('A route failed', { err: error, reference });
  return answer(reply, 500, `Internal error (ref ${reference})`);
}

function answer(reply: FastifyReply, statusCode: number, message: string): FastifyReply {
  return reply.code(statusCode).send({ statusCode, error: STATUS_CODES[statusCode] ?? 'Error', message });
}
