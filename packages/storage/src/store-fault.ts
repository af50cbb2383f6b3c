import { Unavailable } from '@tenon/core';
import { errnoOf } from './disk/errno.js';
import { namedKey } from './named-key.js';

const FAULTS = {
  STORAGE_BUSY: { what: 'was kept from its record by others', retryAfterMs: 1000 },
  STORAGE_FULL: { what: 'has no room for another record', retryAfterMs: 60_000 },
  STORAGE_UNREACHABLE: { what: 'cannot be used', retryAfterMs: 5000 },
} as const;

/** What happened where: the store as people know it, and the key if it was about one. */
export interface FaultPlace {
  readonly store: string;
  readonly key?: string;
}

/** The world's fault, told with the store and the key, never with the value. */
export function storeFault(
  code: keyof typeof FAULTS,
  { store, key }: FaultPlace,
  cause?: unknown,
): Unavailable {
  const { what, retryAfterMs } = FAULTS[code];
  const of = key === undefined ? '' : ` (${namedKey(key)})`;
  const why = cause === undefined ? '' : `: ${reasonOf(cause)}`;
  return new Unavailable(code, { retryAfterMs, cause: new Error(`${store} ${what}${of}${why}`, { cause }) });
}

/** What an error says of itself; some have nothing but a code. */
export function reasonOf(cause: unknown): string {
  const { message, name } = (cause ?? {}) as { readonly message?: unknown; readonly name?: unknown };
  if (typeof message !== 'string') return String(cause);
  return message || errnoOf(cause) || String(name);
}

/** The caller's fault: a record that is larger than a store can keep. */
export function tooLarge(
  { store, key = '' }: FaultPlace,
  bounds: { bytes?: number; most: string },
): RangeError {
  const seen = bounds.bytes === undefined ? '' : ` of ${bounds.bytes} bytes`;
  return new RangeError(`The record${seen} for ${namedKey(key)} is too large: ${store} keeps ${bounds.most}`);
}
