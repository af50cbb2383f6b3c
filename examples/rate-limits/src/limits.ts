import { use } from 'tenon';
import { RateLimit } from 'tenon/middleware';

/** What each caller may ask in a minute, whatever for: an exposure is as dear as ten other requests. */
export const requests = use(RateLimit, {
  maxRequests: 100,
  windowSeconds: 60,
  algorithm: 'token_bucket',
  weight: ({ component }) => (component?.tags.has('exposure') ? 10 : 1),
});

/** How many plates each caller may have in an hour, wherever that hour begins. */
export const exposures = use(RateLimit, {
  maxRequests: 2,
  windowSeconds: 3600,
  algorithm: 'sliding_window',
});
