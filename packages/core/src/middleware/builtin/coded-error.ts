import { ComponentError } from '../../errors/component-error.js';
import { FrameworkError } from '../../errors/framework-error.js';
import { MaskedError } from '../../errors/masked-error.js';
import { ProtocolError, RPC } from '../../errors/protocol-error.js';
import { SERVER_CODES } from '../../errors/server-codes.js';
import { Unavailable } from '../../errors/unavailable.js';
import { causesOf } from './causes-of.js';
import { errorCode, errorType } from './error-type.js';
import { isTooLate, isUnreachable } from './worlds-fault.js';

/** What is thrown with the code of its type: as it is, where it says itself what clients read, or where no row fits. */
export function codedError(thrown: unknown, method: string): unknown {
  if (SPEAKS_FOR_ITSELF.some((is) => is(thrown))) return thrown;
  const row = rowOf(thrown, method);
  return row ? new MaskedError(row.code, row.text, thrown) : thrown;
}

const SPEAKS_FOR_ITSELF: readonly ((thrown: unknown) => boolean)[] = [
  ProtocolError.is,
  ComponentError.is,
  Unavailable.is,
  FrameworkError.is,
  MaskedError.is,
];

interface Row {
  readonly code: number;
  readonly text: string;
}

/** What a system says is surer than a type: `fetch` throws a TypeError where it could not connect. */
function rowOf(thrown: unknown, method: string): Row | undefined {
  const names = new Set(causesOf(thrown).flatMap((each) => [errorCode(each) ?? '', errorType(each)]));
  const has = (...some: readonly string[]): boolean => some.some((name) => names.has(name));
  if (has('ENOENT', 'NotFoundError')) return notFound(method);
  if (has('EACCES', 'EPERM', 'ForbiddenError', 'PermissionError'))
    return { code: SERVER_CODES.forbidden, text: 'Permission denied' };
  if (isTooLate(thrown) || has('AbortError')) return { code: SERVER_CODES.timeout, text: 'Request timeout' };
  if (isUnreachable(thrown)) return undefined;
  if (has('TypeError', 'RangeError', 'ValidationError'))
    return { code: RPC.invalidParams, text: 'Invalid params' };
  return undefined;
}

function notFound(method: string): Row {
  return method.startsWith('resources/')
    ? { code: RPC.resourceNotFound, text: 'Resource not found' }
    : { code: SERVER_CODES.notFound, text: 'Not found' };
}
