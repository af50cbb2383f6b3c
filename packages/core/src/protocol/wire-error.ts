import type { CallContext } from '../context/call-context.js';
import { NONE, type Outcome } from '../context/outcome.js';
import { ComponentError } from '../errors/component-error.js';
import { FrameworkError } from '../errors/framework-error.js';
import { MaskedError } from '../errors/masked-error.js';
import { ProtocolError, RPC } from '../errors/protocol-error.js';
import { Unavailable } from '../errors/unavailable.js';
import { failedToolResult } from '../mcp/tool-result.js';
import type { Logger } from '../telemetry/logger.js';
import type { Ids } from '../time/ids.js';

/** What an answer to something thrown needs of the server. */
export interface ErrorHost {
  readonly logger: Logger;
  readonly ids: Ids;
  /** Whether clients may read the text of every error. */
  readonly exposeErrors: boolean;
}

/** Anything thrown, as the client may see it. */
export function wireError(thrown: unknown, context: CallContext, host: ErrorHost): Outcome {
  if (context.exchange.cancelled) return NONE;
  if (ProtocolError.is(thrown)) return inEra(protocolOutcome(thrown), context, host);
  if (ComponentError.is(thrown)) {
    noteCause(thrown, context, host);
    const { message } = thrown;
    if (context.method === 'tools/call') return { is: 'result', value: failedToolResult(message) };
    return { is: 'error', code: RPC.internalError, message };
  }
  if (Unavailable.is(thrown)) {
    host.logger.warn(thrown.message, { err: thrown, method: context.method });
    return unavailableOutcome(thrown);
  }
  return masked(thrown, context, host);
}

/** What nobody meant for the client: logged, and answered without its text, with a reference to the log. */
function masked(thrown: unknown, context: CallContext, host: ErrorHost): Outcome {
  const coded = MaskedError.is(thrown) ? thrown : undefined;
  const err = coded ? coded.cause : thrown;
  const reference = host.ids.reference();
  host.logger.error(`${context.method} failed`, { err, reference, requestId: context.requestId });
  const text = host.exposeErrors ? `: ${textOf(err)}` : '';
  if (coded) {
    const { code } = coded;
    return inEra({ is: 'error', code, message: `${coded.message}${text} (ref ${reference})` }, context, host);
  }
  if (context.method === 'tools/call') {
    const { name } = context.params;
    return {
      is: 'result',
      value: failedToolResult(
        `Error calling tool '${typeof name === 'string' ? name : ''}'${text} (ref ${reference})`,
      ),
    };
  }
  return {
    is: 'error',
    code: RPC.internalError,
    message: `Internal error${text} (ref ${reference})`,
    refusal: 'internal',
  };
}

function unavailableOutcome({ message, code, retryAfterMs }: Unavailable): Outcome {
  return {
    is: 'error',
    code: RPC.internalError,
    message,
    data: { code, retryAfterMs },
    refusal: 'unavailable',
    retryAfterMs,
  };
}

/** The client reads what it can do; what the author can do is for whoever reads the log. */
function noteCause({ cause }: ComponentError, { method, requestId }: CallContext, host: ErrorHost): void {
  if (FrameworkError.is(cause)) host.logger.warn(`${method}: ${cause.message}`, { requestId });
}

function textOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message;
  return typeof thrown === 'string' ? thrown : `a ${typeof thrown} was thrown`;
}

/**
 * In the newer era some codes are gone, and others are the protocol's to give: what says the same takes their place.
 *
 * @see https://modelcontextprotocol.io/specification/2026-07-28/basic#error-codes
 */
function inEra(
  outcome: Outcome & { is: 'error' },
  { era, method, params: { uri } }: CallContext,
  host: ErrorHost,
): Outcome {
  const { code } = outcome;
  if (code === RPC.resourceNotFound)
    return {
      ...(uri !== undefined && { data: { uri } }),
      ...outcome,
      code: era === 'modern' ? RPC.invalidParams : code,
    };
  const known = era === 'legacy' || (code !== URL_REQUIRED && (code < -32099 || code > -32023));
  if (Number.isInteger(code) && known) return outcome;
  host.logger.warn(`${method} was answered with a code no server may give: it is sent as an internal error`, {
    code,
  });
  return { ...outcome, code: RPC.internalError };
}

/** Only up to 2025-11-25: a page has to be visited first. */
const URL_REQUIRED = -32042;

/** A ProtocolError as the answer it asks for. */
export function protocolOutcome(error: ProtocolError): Outcome & { is: 'error' } {
  const { code, message, data } = error;
  const retry = retryOf(data);
  return { is: 'error', code, message, ...(data !== undefined && { data }), ...refusalOf(code), ...retry };
}

/** When to ask again, where the data of an error says so: what carries the answer may have a place of its own for it. */
function retryOf(data: unknown): { retryAfterMs: number } | undefined {
  if (typeof data !== 'object' || data === null || !('retryAfterMs' in data)) return undefined;
  const { retryAfterMs } = data;
  return typeof retryAfterMs === 'number' && retryAfterMs >= 0 && retryAfterMs <= Number.MAX_SAFE_INTEGER
    ? { retryAfterMs }
    : undefined;
}

function refusalOf(code: number): { refusal: 'unknown-method' | 'malformed' } | undefined {
  if (code === RPC.methodNotFound) return { refusal: 'unknown-method' };
  return REFUSED.has(code) ? { refusal: 'malformed' } : undefined;
}

/** Codes that are only ever given before a method is reached. */
const REFUSED: ReadonlySet<number> = new Set([
  RPC.parseError,
  RPC.invalidRequest,
  RPC.headerMismatch,
  RPC.missingCapability,
  RPC.unsupportedVersion,
]);
