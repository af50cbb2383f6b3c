import type { Era } from './era.js';

/** Whose cache may keep an answer: everybody's, or only the caller's own. */
export type CacheScope = 'public' | 'private';

/** How long clients may take an answer for fresh, and who may share it. */
export interface CacheHint {
  /** In milliseconds; 0: not at all. */
  readonly ttlMs: number;
  /** `public` only where every caller is given the same. Default: `private`. */
  readonly scope?: CacheScope;
}

/** Nobody keeps it. */
export const NOT_KEPT: CacheHint = { ttlMs: 0 };

/** Whether an author's hint is one. */
export function isCacheHint({ ttlMs, scope = 'private' }: CacheHint): boolean {
  return Number.isSafeInteger(ttlMs) && ttlMs >= 0 && (scope === 'public' || scope === 'private');
}

/**
 * A result with the hint the newer era asks for; one that it has already stays.
 *
 * @see https://modelcontextprotocol.io/specification/2026-07-28/server/utilities/caching
 */
export function withCacheHint(result: object, era: Era, { ttlMs, scope = 'private' }: CacheHint): object {
  return era === 'modern' ? { ttlMs, cacheScope: scope, ...result } : result;
}
