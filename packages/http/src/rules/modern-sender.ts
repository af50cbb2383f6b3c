import { META, readModern, type Params } from '@tenon/core';
import type { Sender } from './http-exchange.js';
import type { HttpRequest } from './http-message.js';
import { checkRoutingHeaders, checkVersionHeader } from './routing-headers.js';

/** Who sent a message of 2026-07-28; throws what is wrong with its `_meta` or its headers. */
export function modernSender(request: HttpRequest, message: { method: string; params?: Params }): Sender {
  // First, because a proxy has gone by the header: what the two disagree on is not worth reading.
  checkVersionHeader(request, (message.params?._meta as Params | undefined)?.[META.version]);
  const envelope = readModern(message.params);
  checkRoutingHeaders(request, message);
  return { era: 'modern', ...envelope };
}
