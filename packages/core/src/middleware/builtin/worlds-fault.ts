import { Unavailable } from '../../errors/unavailable.js';
import { causesOf } from './causes-of.js';
import { errorCode, errorType } from './error-type.js';

/** What Node says of connections that were not made, or did not last. */
const UNREACHABLE: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_SOCKET',
]);
/** And of what took too long. */
const TOO_LATE: ReadonlySet<string> = new Set([
  'ETIMEDOUT',
  'ESOCKETTIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

/** Whether something outside could not be reached: by what was thrown, or by what that says has caused it. */
export function isUnreachable(thrown: unknown): boolean {
  return causesOf(thrown).some((each) => Unavailable.is(each) || UNREACHABLE.has(errorCode(each) ?? ''));
}

/** Whether something took too long, by the same. */
export function isTooLate(thrown: unknown): boolean {
  return causesOf(thrown).some(
    (each) => TOO_LATE.has(errorCode(each) ?? '') || errorType(each) === 'TimeoutError',
  );
}
