import { RPC, type Endpoint } from '@tenon/core';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Answers } from '../rules/answers.js';
import type { HttpAnswer } from '../rules/http-message.js';

/**
 * Answers bytes that are no HTTP request, and ends their connection; what comes back is JSON-RPC like everything else.
 *
 * In the middle of another answer it would be read as a part of that one: then the connection only ends.
 */
export function clientError(
  error: { readonly code?: string | undefined },
  socket: Socket,
  endpoint: Endpoint,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable || answering(socket)) {
    socket.destroy();
    return;
  }
  const [status, reason] = STATUS.get(error.code) ?? [400, 'Bad Request'];
  const message = `The request cannot be read: ${reason}`;
  const answer = new Answers(endpoint.encoder).refuse(
    status,
    { code: RPC.invalidRequest, message },
    { connection: 'close' },
  ) as HttpAnswer & { body: string };
  const headers = { ...answer.headers, 'content-length': String(Buffer.byteLength(answer.body)) };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${reason}\r\n${lines.join('')}\r\n${answer.body}`, () => socket.destroy());
}

/** Whether an answer has begun on a connection and has not ended; only Node itself knows. */
function answering(socket: Socket & { readonly _httpMessage?: ServerResponse | null }): boolean {
  return socket._httpMessage?.headersSent === true;
}

/** What the parser of Node has codes for, besides bytes it cannot read. */
const STATUS: ReadonlyMap<string | undefined, readonly [number, string]> = new Map([
  ['HPE_HEADER_OVERFLOW', [431, 'Request Header Fields Too Large']],
  ['ERR_HTTP_REQUEST_TIMEOUT', [408, 'Request Timeout']],
]);
