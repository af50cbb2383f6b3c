import { RPC, type Endpoint } from '@tenon/core';
import { Answers } from '../rules/answers.js';
import type { HttpAnswer } from '../rules/http-message.js';

/** What Fastify refused, or what nobody expected, as a JSON-RPC body. */
export function errorAnswer(error: unknown, endpoint: Endpoint): HttpAnswer & { body: string } {
  const { statusCode = 500 } = error as { statusCode?: number };
  const answers = new Answers(endpoint.encoder);
  if (statusCode === 413) {
    return answers.refuse(
      413,
      { code: RPC.invalidRequest, message: 'The body is too large' },
      { connection: 'close' },
    ) as HttpAnswer & { body: string };
  }
  if (statusCode >= 400 && statusCode < 500) {
    return answers.refuse(statusCode, {
      code: RPC.invalidRequest,
      message: 'The request cannot be read',
    }) as HttpAnswer & { body: string };
  }
  const reference = endpoint.ids.reference();
  endpoint.logger.error('An HTTP request failed', { err: error, reference });
  return answers.refuse(500, {
    code: RPC.internalError,
    message: `Internal error (ref ${reference})`,
  }) as HttpAnswer & { body: string };
}
