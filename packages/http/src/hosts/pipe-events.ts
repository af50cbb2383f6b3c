import type { FastifyReply } from 'fastify';
import type { EventStream } from '../rules/event-stream.js';

/** What may wait for a client that reads slowly, in bytes; beyond it the stream is cut. */
const MAX_WAITING = 1024 * 1024;

/** Writes a stream to a client; returns what ends it early. */
export function pipeEvents(
  stream: EventStream,
  reply: FastifyReply,
  answer: { status: number; headers: Readonly<Record<string, string>> },
): () => void {
  const { raw } = reply;
  if (raw.destroyed) {
    stream.lost();
    return () => undefined;
  }
  // With what hooks of the Fastify around have set, CORS above all.
  const around = reply.getHeaders() as Record<string, string>;
  raw.writeHead(answer.status, { ...around, ...withVary(reply, answer.headers) });
  raw.once('close', () => {
    stream.lost();
  });
  stream.open({
    write: (text) => {
      if (raw.writableLength > MAX_WAITING) raw.destroy();
      else raw.write(text);
    },
    writeIdle: (text) => {
      if (raw.writableLength === 0) raw.write(text);
    },
    end: () => {
      raw.end();
    },
  });
  // A client waits for the headers before it takes the stream for open, also where nothing is to be told yet.
  raw.flushHeaders();
  return () => {
    stream.end();
  };
}

/** The headers of an answer, with what hooks of the Fastify around let it vary by. */
export function withVary(
  reply: FastifyReply,
  headers: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  if (headers.vary === undefined) return headers;
  const around = String(reply.getHeader('vary') ?? '').split(',');
  const all = new Map(
    [...around, headers.vary].map((name) => name.trim()).map((name) => [name.toLowerCase(), name]),
  );
  all.delete('');
  return { ...headers, vary: [...all.values()].join(', ') };
}
