import { ProtocolError, RPC, type Params } from '@tenon/core';
import { saysText } from './header-value.js';
import { header, type HttpRequest } from './http-message.js';

/** The parameter that `Mcp-Name` repeats, of each method that names something. */
const NAMED: ReadonlyMap<string, string> = new Map([
  ['tools/call', 'name'],
  ['prompts/get', 'name'],
  ['resources/read', 'uri'],
]);

/** Checks that the version in the header is the one in the body; throws -32020 where it is not. */
export function checkVersionHeader(request: HttpRequest, version: unknown): void {
  if (typeof version === 'string') expectHeader(request, 'mcp-protocol-version', version);
}

/**
 * Checks that the headers by which proxies route say what the body says; throws -32020 where they do not.
 *
 * A notification need not have them: the protocol asks for them on requests.
 */
export function checkRoutingHeaders(
  request: HttpRequest,
  message: { method: string; params?: Params; id?: unknown },
): void {
  const needed = message.id !== undefined;
  if (needed || header(request, 'mcp-method') !== undefined)
    expectHeader(request, 'mcp-method', message.method);
  const parameter = NAMED.get(message.method);
  if (parameter === undefined) return;
  const name = header(request, 'mcp-name');
  const named = message.params?.[parameter];
  if (typeof named !== 'string') {
    // What is missing in the body is told by the method, unless something on the way has gone by the header.
    if (name !== undefined) throw mismatch('mcp-name');
  } else if (name === undefined) {
    if (needed) throw missing('mcp-name');
  } else if (!saysText(name, named)) throw mismatch('mcp-name');
}

function expectHeader(request: HttpRequest, name: string, expected: string): void {
  const value = header(request, name);
  if (value === expected || value?.trim() === expected) return;
  throw value === undefined ? missing(name) : mismatch(name);
}

function missing(name: string): ProtocolError {
  return new ProtocolError(RPC.headerMismatch, `The header ${name} is missing`);
}

function mismatch(name: string): ProtocolError {
  return new ProtocolError(RPC.headerMismatch, `The header ${name} does not say what the body says`);
}
