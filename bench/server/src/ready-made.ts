import { use, type MiddlewareListing } from 'tenon';
import { ErrorHandling, Logging, RateLimit, ResponseCaching, Timing } from 'tenon/middleware';

/** Middleware as a server in use would have it, in its order; nothing is denied, and no answer is found kept. */
export const READY_MADE: readonly MiddlewareListing[] = [
  ErrorHandling,
  Timing,
  Logging,
  use(RateLimit, { maxRequests: 1_000_000_000, windowSeconds: 1 }),
  use(ResponseCaching, { cacheTools: true }),
];
