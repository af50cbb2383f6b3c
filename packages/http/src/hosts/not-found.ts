import type { FastifyReply, FastifyRequest } from 'fastify';

/** Paths at which clients of the transport before this one ask. */
const OLDER: readonly string[] = ['/sse', '/messages'];

/** Answers what is served nowhere, with where to go instead. */
export function notFound(
  request: FastifyRequest,
  reply: FastifyReply,
  { path, sse }: { path: string; sse?: unknown },
): FastifyReply {
  const asked = request.url.split('?', 1)[0] ?? '';
  const older =
    !sse && OLDER.includes(asked)
      ? ' Clients of the older HTTP+SSE are served where it is switched on: http({ sse: true }).'
      : '';
  const message = `Nothing is served here. MCP is served at ${path}, as "streamable HTTP".${older}`;
  return reply.code(404).send({ statusCode: 404, error: 'Not Found', message });
}
