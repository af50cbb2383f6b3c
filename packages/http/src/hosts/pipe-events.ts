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
  raw.writeHead(answer.status, { ...(reply.getHeaders() as Record<string, string>), ...answer.headers });
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
