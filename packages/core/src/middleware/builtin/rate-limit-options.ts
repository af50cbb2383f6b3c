import {
  FUNCTION,
  isObject,
  isText,
  number,
  oneOf,
  shape,
  type ShapesOf,
} from '../../records/option-shape.js';
import type { AtomicStore } from '../../storage/store.js';
import type { Call } from '../call.js';
import { PARTITIONS, type RatePartition } from './rate-partition.js';

const COUNT = number('a whole number above 0', (value) => Number.isSafeInteger(value) && value > 0);

/** Options of RateLimit. */
export interface RateLimitOptions {
  /** So many requests are let through in a window. Default: 100. */
  readonly maxRequests?: number;
  /** How long a window is. Default: 60. */
  readonly windowSeconds?: number;
  /**
   * `token_bucket` allows `burst` requests at once and gives them back one by one, at a steady pace over the window.
   * `sliding_window` gives each back when a window has gone by since it came: never more than `maxRequests` in any window.
   * Default: `token_bucket`.
   */
  readonly algorithm?: 'token_bucket' | 'sliding_window';
  /** How many requests a token bucket allows at once. Default: `maxRequests`. */
  readonly burst?: number;
  /**
   * Whose requests are counted together. `caller`: the principal's `key`; of anonymous callers the session, else the address, else
   * all of them as one. `subject` and `client` are parts of a principal: the person, whatever program calls for it, and the program,
   * whoever it calls for. Where a call has not what is named here, it counts as its caller's. Or the name to count under, as a
   * function. Default: `caller`.
   *
   * A stranger gets a new session by asking for one; `address` does not let him begin anew: of IPv6 it counts by networks of 64 bits.
   */
  readonly per?: RatePartition | ((call: Call) => string | Promise<string>);
  /** How many requests a call counts as: a whole number, 0 lets it pass uncounted. Default: 1. */
  readonly weight?: (call: Call) => number;
  /** How many callers are remembered; whoever has used the least of his limit makes room. Default: 10000. */
  readonly maxClients?: number;
  /**
   * Counts in a store, under a name, together with every other process (or limit) that names the same. Default store: the app's
   * own AtomicStore. One that is given here is opened and closed by the app, as its own is. Without this option each process counts
   * for itself, in memory.
   */
  readonly shared?: { readonly name: string; readonly store?: AtomicStore };
}

type Shared = NonNullable<RateLimitOptions['shared']>;

/** What the options of a RateLimit have to be. */
export const RATE_LIMIT_SHAPES: ShapesOf<RateLimitOptions> = {
  maxRequests: COUNT,
  windowSeconds: number(
    'a number of seconds, at least 0.001',
    (value) => value >= 0.001 && Number.isFinite(value),
  ),
  algorithm: oneOf('token_bucket', 'sliding_window'),
  burst: COUNT,
  per: shape(
    `a function, or one of ${[...PARTITIONS.keys()].map((each) => `"${each}"`).join(', ')}`,
    (value) => typeof value === 'function' || PARTITIONS.has(value as RatePartition),
  ),
  weight: FUNCTION,
  maxClients: COUNT,
  shared: shape(
    'an object with a name, and perhaps a store with "compareAndSet"',
    (value) =>
      isObject(value) &&
      isText((value as Partial<Shared>).name) &&
      ((value as Partial<Shared>).store === undefined ||
        typeof (value as Partial<Shared>).store?.compareAndSet === 'function'),
  ),
};
