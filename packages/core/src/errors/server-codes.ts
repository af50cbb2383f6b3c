/**
 * The codes that built-in middleware answers with: one table, outside of -32768 to -32000, which JSON-RPC and the protocol keep.
 *
 * They are those of HTTP that mean the same.
 */
export const SERVER_CODES = {
  /** By `ErrorHandling`: the caller may not have this. */
  forbidden: 403,
  /** By `ErrorHandling`: what a handler looked for is not there. */
  notFound: 404,
  /** By `RateLimit`; `data.retryAfterMs` says when to ask again. */
  rateLimited: 429,
  /** By `ErrorHandling`: what a handler waited for took too long. */
  timeout: 504,
} as const;
