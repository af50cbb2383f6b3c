import { Middleware } from '../../decorators/middleware.js';
import { Inject } from '../../decorators/parameters.js';
import { ProtocolError } from '../../errors/protocol-error.js';
import { SERVER_CODES } from '../../errors/server-codes.js';
import { AtomicStore } from '../../storage/store.js';
import { Clock, SystemClock } from '../../time/clock.js';
import type { Call, Next } from '../call.js';
import type { MiddlewareHooks } from '../hooks.js';
import { MemoryCounts } from './memory-counts.js';
import { checked } from './checked.js';
import { readRate, type Rate } from './rate.js';
import { RATE_LIMIT_SHAPES, type RateLimitOptions } from './rate-limit-options.js';
import { PARTITIONS } from './rate-partition.js';
import { StoreCounts } from './store-counts.js';

/** What a RateLimit has done so far, in this process. */
export interface RateLimitStatistics {
  readonly allowed: number;
  readonly denied: number;
  /** Callers it remembers. */
  readonly clients: number;
}

/**
 * Lets a caller through so many times in a window; what is more is answered with an error that says when to ask again.
 *
 * Counts every request, lists and what a handler asks of its own server included. A denied one costs nothing. A call that counts as
 * more than a full limit takes all of it.
 *
 * The error has the code `SERVER_CODES.rateLimited` and `retryAfterMs` in its data; over HTTP the status is 200, beside a header
 * `Retry-After`. `statistics()` is there for handlers that inject it: `const limit = use(RateLimit, { … })`, then
 * `@Inject(limit.token) limit: RateLimit`.
 */
@Middleware({ role: 'limit', unchecked: true, options: RATE_LIMIT_SHAPES })
export class RateLimit implements MiddlewareHooks {
  readonly #rate: Rate;
  readonly #clock: Clock;
  readonly #name: (call: Call) => string | Promise<string>;
  readonly #weight: RateLimitOptions['weight'];
  readonly #memory: MemoryCounts;
  readonly #shared: StoreCounts | undefined;
  #allowed = 0;
  #denied = 0;

  constructor(
    options: RateLimitOptions = {},
    @Inject(Clock) clock: Clock = new SystemClock(),
    @Inject(AtomicStore) store?: AtomicStore,
  ) {
    const { per = 'caller', maxClients = 10_000, shared } = options;
    checked('RateLimit', options, RATE_LIMIT_SHAPES);
    this.#rate = readRate(options);
    this.#clock = clock;
    this.#name = typeof per === 'function' ? per : (PARTITIONS.get(per) as (call: Call) => string);
    this.#weight = options.weight;
    const { algorithm, prefix } = this.#rate;
    this.#memory = new MemoryCounts(algorithm, maxClients);
    if (!shared) return;
    const kept = shared.store ?? store;
    if (!kept) throw new TypeError('RateLimit: shared needs a store: shared: { name, store }');
    const of = { algorithm, store: kept, clock, max: maxClients };
    this.#shared = new StoreCounts({ ...of, prefix: `rate-limit/${shared.name}/${prefix}/` });
  }

  /** What it has done so far. */
  statistics(): RateLimitStatistics {
    const clients = (this.#shared ?? this.#memory).size;
    return { allowed: this.#allowed, denied: this.#denied, clients };
  }

  /** Counts a request, and lets it through or not. */
  onRequest(call: Call, next: Next): Promise<unknown> {
    const weight = this.#weight?.(call) ?? 1;
    if (weight === 0) return next();
    if (!(Number.isSafeInteger(weight) && weight > 0))
      throw new Error(`RateLimit: weight() gives whole numbers, none below 0, not ${weight}`);
    const name = this.#name(call);
    if (typeof name !== 'string' || this.#shared) return this.#later(name, weight, next);
    this.#answer(this.#memory.take(name, weight, this.#moment()));
    return next();
  }

  /** In memory what counts is how much time has gone by, whatever the clock is set to; in whole milliseconds, as counts are. */
  #moment(): number {
    return Math.floor(this.#clock.elapsed());
  }

  async #later(name: string | Promise<string>, weight: number, next: Next): Promise<unknown> {
    const caller = await name;
    if (typeof caller !== 'string') throw new Error(`RateLimit: per() gives a text, not ${String(caller)}`);
    this.#answer(
      this.#shared
        ? await this.#shared.take(caller, weight)
        : this.#memory.take(caller, weight, this.#moment()),
    );
    return next();
  }

  #answer(retryAfterMs: number): void {
    if (retryAfterMs === 0) {
      this.#allowed++;
      return;
    }
    this.#denied++;
    const seconds = Math.ceil(retryAfterMs / 1000);
    throw new ProtocolError(
      SERVER_CODES.rateLimited,
      `Rate limit exceeded: ${this.#rate.text}. Try again in ${seconds} s`,
      { retryAfterMs },
    );
  }
}
