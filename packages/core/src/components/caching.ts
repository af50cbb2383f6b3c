import type { CacheScope } from '../mcp/cache-hint.js';

/** How the server keeps the answers of a component, where ResponseCaching stands before it. */
export interface Caching {
  /** How long an answer is kept. Default: as ResponseCaching has it. */
  readonly ttlSeconds?: number;
  /** `public` only where every caller is given the same; answers that have looked at their caller are not shared even so. Default: `private`. */
  readonly scope?: CacheScope;
}

/** Whether an author's settings are such; `false` says that nothing is kept. */
export function isCaching(value: unknown): value is Caching | false {
  if (value === false) return true;
  if (typeof value !== 'object' || value === null) return false;
  const { ttlSeconds = 1, scope = 'private', ...unknown } = value as Record<string, unknown>;
  return (
    isTtl(ttlSeconds) && (scope === 'public' || scope === 'private') && Object.keys(unknown).length === 0
  );
}

/** Whether a value is a time that something can be kept for. */
export function isTtl(seconds: unknown): seconds is number {
  return typeof seconds === 'number' && seconds > 0 && Number.isFinite(seconds);
}
