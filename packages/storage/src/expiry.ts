import type { Clock, SetOptions } from '@tenon/core';

/** When a record that is set now is gone, in milliseconds since 1970; undefined if never. */
export function expiryOf({ ttlMs }: SetOptions, clock: Clock): number | undefined {
  if (ttlMs === undefined || ttlMs === Infinity) return undefined;
  const expires = Math.ceil(clock.now() + ttlMs);
  return Number.isSafeInteger(expires) ? expires : undefined;
}

/** Whether a record is past its ttl. */
export function isOver(expires: number | undefined, clock: Clock): boolean {
  return expires !== undefined && expires <= clock.now();
}
