import { META, readModern, type Endpoint, type Params } from '@tenon/core';
import type { Sender } from './http-exchange.js';
import type { HttpRequest } from './http-message.js';
import { checkParameterHeaders } from './parameter-headers.js';
import { checkRoutingHeaders, checkVersionHeader } from './routing-headers.js';

/** Who sent a message of 2026-07-28; throws what is wrong with its `_meta` or its headers. */
export function modernSender(
  request: HttpRequest,
  message: { method: string; params?: Params; id?: unknown },
  endpoint: Pick<Endpoint, 'mirrored'>,
): Sender {
  const { method, params } = message;
  // First, because a proxy has gone by the header: what the two disagree on is not worth reading.
  checkVersionHeader(request, (params?._meta as Params | undefined)?.[META.version]);
  const envelope = readModern(params);
  checkRoutingHeaders(request, message);
  if (method === 'tools/call' && typeof params?.name === 'string') {
    const mirrored = endpoint.mirrored(params.name, request.principal);
    if (mirrored) checkParameterHeaders(request, params.arguments, mirrored);
  }
  return { era: 'modern', ...envelope };
}
