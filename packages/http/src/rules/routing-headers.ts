import { ProtocolError, RPC, type Params } from '@tenon/core';
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

/** Checks that the headers by which proxies route say what the body says; throws -32020 where they do not. */
export function checkRoutingHeaders(
  request: HttpRequest,
  message: { method: string; params?: Params },
): void {
  expectHeader(request, 'mcp-method', message.method);
  const parameter = NAMED.get(message.method);
  const named = parameter === undefined ? undefined : message.params?.[parameter];
  if (typeof named === 'string') expectHeader(request, 'mcp-name', named);
}

function expectHeader(request: HttpRequest, name: string, expected: string): void {
  const value = header(request, name);
  if (value === expected) return;
  if (value === undefined) throw mismatch(`The header ${name} is missing`);
  if (decode(value) !== expected) throw mismatch(`The header ${name} does not say what the body says`);
}

/** A header value as it is meant: `=?base64?…?=` carries what a header cannot. */
function decode(value: string): string | undefined {
  const [, encoded] = /^=\?base64\?(.*)\?=$/.exec(value.trim()) ?? [];
  if (encoded === undefined) return value.trim();
  const bytes = Buffer.from(encoded, 'base64');
  return bytes.toString('base64') === encoded ? bytes.toString('utf8') : undefined;
}

function mismatch(message: string): ProtocolError {
  return new ProtocolError(RPC.headerMismatch, message);
}
