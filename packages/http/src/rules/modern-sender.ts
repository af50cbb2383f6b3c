import { readModern, type Params } from '@tenon/core';
import type { Sender } from './http-exchange.js';
import type { HttpRequest } from './http-message.js';
import { checkRoutingHeaders } from './routing-headers.js';

/** Who sent a message of 2026-07-28; throws what is wrong with its `_meta` or its headers. */
export function modernSender(request: HttpRequest, message: { method: string; params?: Params }): Sender {
  const envelope = readModern(message.params);
  checkRoutingHeaders(request, message, envelope.version);
  return { era: 'modern', ...envelope };
}
