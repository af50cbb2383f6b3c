import { RPC, type Endpoint } from '@tenon/core';
import { STATUS_CODES } from 'node:http';
import { Answers } from '../rules/answers.js';
import type { HttpAnswer } from '../rules/http-message.js';
import { NO_JSON } from '../rules/read-body.js';

/** What Fastify or a hook around has refused, or what nobody expected, as a JSON-RPC body. */
export function errorAnswer(error: unknown, endpoint: Endpoint): HttpAnswer & { body: string } {
  const { statusCode = 500, code = '' } = error as { statusCode?: number; code?: unknown };
  const answers = new Answers(endpoint.encoder);
  if (statusCode === 413) {
    return answers.refuse(
      413,
      { code: RPC.invalidRequest, message: 'The body is too large' },
      { connection: 'close' },
    ) as HttpAnswer & { body: string };
  }
  if (statusCode >= 400 && statusCode < 500) {
    // A hook around says 401 and the like, in words that are not for every caller.
    const byHook = !String(code).startsWith('FST_ERR_');
    const unread = statusCode === 415 ? NO_JSON : 'The request cannot be read';
    return answers.refuse(statusCode, {
      code: RPC.invalidRequest,
      message: (byHook ? STATUS_CODES[statusCode] : undefined) ?? unread,
    }) as HttpAnswer & { body: string };
  }
  const reference = endpoint.ids.reference();
  endpoint.logger.error('An HTTP request failed', { err: error, reference });
  return answers.refuse(statusCode >= 500 && statusCode < 600 ? statusCode : 500, {
    code: RPC.internalError,
    message: `Internal error (ref ${reference})`,
  }) as HttpAnswer & { body: string };
}
