import { META, readModern, type Endpoint, type Params, type ProtocolError } from '@tenon/core';
import type { Sender } from './http-exchange.js';
import type { HttpRequest } from './http-message.js';
import { parameterHeaderFault } from './parameter-headers.js';
import { checkRoutingHeaders, checkVersionHeader } from './routing-headers.js';

/**
 * Who sent a message of 2026-07-28; throws what is wrong with its `_meta` or its headers.
 *
 * Only who sees a tool may be told which headers it has: what is wrong with those goes on with the message.
 */
export function modernSender(
  request: HttpRequest,
  message: { method: string; params?: Params; id?: unknown },
  endpoint: Pick<Endpoint, 'mirrored'>,
): Sender {
  const { params } = message;
  // First, because a proxy has gone by the header: what the two disagree on is not worth reading.
  checkVersionHeader(request, (params?._meta as Params | undefined)?.[META.version]);
  const envelope = readModern(params);
  checkRoutingHeaders(request, message);
  return { era: 'modern', ...envelope, refusal: toolHeaderFault(request, message, endpoint) };
}

function toolHeaderFault(
  request: HttpRequest,
  { method, params, id }: { method: string; params?: Params; id?: unknown },
  endpoint: Pick<Endpoint, 'mirrored'>,
): ProtocolError | undefined {
  if (method !== 'tools/call' || id === undefined || typeof params?.name !== 'string') return undefined;
  const mirrored = endpoint.mirrored(params.name, request.principal);
  return mirrored && parameterHeaderFault(request, params.arguments, mirrored);
}
