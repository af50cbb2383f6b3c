import { FrameworkError } from '@tenon/core';

/**
 * Whose word is taken for where a request comes from: of how many proxies that stand before the server, or of those with these
 * addresses or networks (`'10.0.0.0/8'`, `'loopback'`).
 *
 * A number believes whoever connects, so it is for a server that nobody reaches past its proxies.
 */
export type TrustProxy = number | string | readonly string[];

/** Refuses to trust everybody: then each client says itself what address it is counted by. */
export function checkTrustProxy(given: unknown): void {
  const isHops = Number.isSafeInteger(given) && (given as number) > 0;
  const addresses = Array.isArray(given) ? (given as unknown[]) : [given];
  const isAddresses =
    addresses.length > 0 && addresses.every((each) => typeof each === 'string' && each !== '');
  if (given === undefined || isHops || isAddresses) return;
  throw untrusted(given);
}

/** What is told of a value that cannot be meant. */
export function untrusted(given: unknown, cause?: unknown): FrameworkError {
  return new FrameworkError(
    'ERR_SERVE_TRUST_PROXY',
    { seen: JSON.stringify(given) ?? String(given) },
    { cause },
  );
}
