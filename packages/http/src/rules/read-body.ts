import { ProtocolError, RPC } from '@tenon/core';
import { isUtf8 } from 'node:buffer';
import type { Answers } from './answers.js';
import { header, type HttpAnswer, type HttpRequest } from './http-message.js';

/** The refusal of a POST whose headers say that its body, or the answer to it, is no JSON; undefined if they do not. */
export function unreadable(request: HttpRequest, answers: Answers): HttpAnswer | undefined {
  const refuse = (status: number, message: string): HttpAnswer =>
    answers.refuse(status, { code: RPC.invalidRequest, message });
  const type = header(request, 'content-type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type)) return refuse(415, NO_JSON);
  const encoding = header(request, 'content-encoding');
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity')
    return refuse(415, 'Content-Encoding is not supported');
  const accept = header(request, 'accept');
  if (accept === undefined || ADMITTED.test(accept)) return undefined;
  return refuse(406, 'Accept must admit application/json and text/event-stream');
}

/** What is said of a body whose type is another, or none at all. */
export const NO_JSON = 'Content-Type must be application/json';

/** Names of types are in any case. */
const ADMITTED = /application\/(json|\*)|\*\/\*/i;

/** The body as text; throws -32700 where there is none, or bytes that are no text. */
export function readBody({ body }: HttpRequest): string {
  if (!body || !isUtf8(body))
    throw new ProtocolError(
      RPC.parseError,
      body ? 'Parse error: the body is not UTF-8' : 'Parse error: there is no body',
    );
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
}
