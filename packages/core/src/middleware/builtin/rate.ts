import type { RateLimitOptions } from './rate-limit-options.js';
import type { RateAlgorithm } from './rate-algorithm.js';
import { SlidingWindow } from './sliding-window.js';
import { TokenBucket } from './token-bucket.js';

/** A limit as its options say it. */
export interface Rate {
  readonly algorithm: RateAlgorithm;
  /** For people. */
  readonly text: string;
  /** For keys: counts by other settings say something else. */
  readonly prefix: string;
}

/** Reads the options that say how much is let through. */
export function readRate(options: RateLimitOptions): Rate {
  const { maxRequests: max = 100, windowSeconds = 60, algorithm = 'token_bucket' } = options;
  const { burst = max } = options;
  const windowMs = windowSeconds * 1000;
  const text = `${max} requests in ${windowSeconds} s`;
  const prefix = `${algorithm}/${max}/${windowMs}/${burst}`;
  if (algorithm === 'token_bucket')
    return { algorithm: new TokenBucket({ max, windowMs, burst }), text, prefix };
  if (options.burst === undefined) return { algorithm: new SlidingWindow({ max, windowMs }), text, prefix };
  throw new TypeError('RateLimit: burst belongs to a token_bucket, and a sliding_window has none');
}
