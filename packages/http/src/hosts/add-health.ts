import type { Endpoint } from '@tenon/core';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** Where a health check asks whether the process lives, and whether it takes requests. */
export const HEALTH = { live: '/health/live', ready: '/health/ready' } as const;

/** Adds the routes of health checks, which say a word and nothing more; they are there for whoever asks, under any name. */
export function addHealth(
  fastify: FastifyInstance,
  endpoint: () => Endpoint | undefined,
  taken: (path: string) => boolean,
): void {
  const add = (path: string, word: () => string): void => {
    // A route of the author's own takes the place.
    if (!taken(path)) fastify.get(path, (_request, reply) => say(reply, word()));
  };
  add(HEALTH.live, () => 'live');
  add(HEALTH.ready, () => {
    const started = endpoint();
    if (!started) return 'starting';
    return started.closing() ? 'closing' : 'ready';
  });
}

function say(reply: FastifyReply, word: string): FastifyReply {
  const status = word === 'starting' || word === 'closing' ? 503 : 200;
  return reply
    .code(status)
    .headers({ 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
    .send(word);
}
