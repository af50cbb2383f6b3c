export { SERVER_CODES } from './errors/server-codes.js';
export { ErrorHandling, type ErrorHandlingOptions } from './middleware/builtin/error-handling.js';
export { RateLimit, type RateLimitStatistics } from './middleware/builtin/rate-limit.js';
export type { RateLimitOptions } from './middleware/builtin/rate-limit-options.js';
export type { RatePartition } from './middleware/builtin/rate-partition.js';
export { Timeout, type TimeoutOptions } from './middleware/builtin/timeout.js';
