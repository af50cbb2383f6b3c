import {
  isRequest,
  LEGACY_VERSIONS,
  META,
  MODERN_VERSIONS,
  ProtocolError,
  RPC,
  unsupportedVersion,
  type RpcNotification,
  type RpcRequest,
} from '@tenon/core';
import type { Sender } from './http-exchange.js';
import { header, type HttpRequest } from './http-message.js';
import type { Sessions } from './sessions.js';

/** A refusal that HTTP has a status for. */
interface Refused {
  readonly refused: number;
  readonly error: { readonly code: number; readonly message: string };
}

/** What a client that names no revision is taken to speak. */
const ASSUMED = '2025-03-26';

/** Who sent a message of 2025-11-25 or older: a session's client, or without `sessions` anybody. */
export function legacySender(
  request: HttpRequest,
  message: RpcRequest | RpcNotification,
  sessions: Sessions | undefined,
): Sender | Refused {
  const version = header(request, 'mcp-protocol-version');
  if (version !== undefined) checkVersion(version, message.method);
  if (!sessions)
    return {
      era: 'legacy',
      version: version ?? ASSUMED,
      peer: { info: undefined, capabilities: {} },
      logLevel: 'info',
    };
  const id = header(request, 'mcp-session-id');
  if (id === undefined) {
    if (message.method !== 'initialize' || !isRequest(message))
      return refused(400, 'The header mcp-session-id is missing: send initialize first');
    const session = sessions.create(request);
    return { era: 'legacy', version: version ?? ASSUMED, peer: session.peer, session };
  }
  const session = sessions.find(id, request);
  if (!session) return refused(404, 'There is no such session: send initialize to begin one');
  return { era: 'legacy', version: session.version, peer: session.peer, session };
}

/** Checks the header of a request that names no revision in its body; throws what is wrong with it. */
export function checkVersion(version: string, method?: string): void {
  if (LEGACY_VERSIONS.includes(version)) return;
  if (!MODERN_VERSIONS.includes(version)) throw unsupportedVersion(version);
  if (method === 'initialize')
    throw new ProtocolError(RPC.headerMismatch, `initialize is not part of protocol version ${version}`);
  throw new ProtocolError(RPC.invalidParams, `Invalid params: _meta["${META.version}"] is missing`);
}

function refused(status: number, message: string): Refused {
  return { refused: status, error: { code: RPC.invalidRequest, message } };
}
