import { createHash } from 'node:crypto';
import { Unavailable } from '../../errors/unavailable.js';
import type { AtomicStore } from '../../storage/store.js';
import type { Clock } from '../../time/clock.js';
import type { RateAlgorithm } from './rate-algorithm.js';
import { recall } from './recall.js';

/** Somebody else writes a count between our reading and writing it: so often in a row only where something is wrong. */
const MAX_ATTEMPTS = 1000;
/** So long others are taken to be counting the same caller, once they were found to, in milliseconds. */
const RIVALS_MS = 1000;
/** How long to wait for a store that does not do what it should, in milliseconds. */
const RETRY_MS = 1000;

/** What counts in a store need. */
export interface StoreCountsOptions {
  readonly algorithm: RateAlgorithm;
  readonly store: AtomicStore;
  readonly clock: Clock;
  /** What the keys begin with. */
  readonly prefix: string;
  /** So many callers' counts are remembered. */
  readonly max: number;
}

/**
 * The counts of processes that share a store: exact, as far as their clocks agree.
 *
 * The requests of one caller that wait at the same time are counted together, by one `compareAndSet` on what this process has last
 * seen. What is denied by that is denied without asking the store: others can only have taken more.
 *
 * While others count the same caller, it is read before it is written: who has just written would otherwise be first again and again,
 * and those who have to read before they can write would never get in between.
 */
export class StoreCounts {
  readonly #of: StoreCountsOptions;
  readonly #seen = new Map<string, Seen>();
  readonly #lines = new Map<string, Waiting[]>();

  constructor(of: StoreCountsOptions) {
    this.#of = of;
  }

  /** How many callers it remembers. */
  get size(): number {
    return this.#seen.size;
  }

  /** Takes so much out of a caller's count: 0, or after how many milliseconds there will be enough. */
  take(caller: string, weight: number): Promise<number> {
    return new Promise((resolve, reject) => {
      const waiting = { weight, resolve, reject };
      const line = this.#lines.get(caller);
      if (line) {
        line.push(waiting);
        return;
      }
      this.#lines.set(caller, [waiting]);
      void this.#serve(caller);
    });
  }

  async #serve(caller: string): Promise<void> {
    for (let line = this.#lines.get(caller) ?? []; line.length > 0; line = this.#lines.get(caller) ?? []) {
      this.#lines.set(caller, []);
      try {
        const waits = await this.#settle(
          caller,
          line.map(({ weight }) => weight),
        );
        for (const [place, { resolve }] of line.entries()) resolve(waits[place] ?? 0);
      } catch (cause) {
        const error = new Unavailable('RATE_LIMIT_STORE', { retryAfterMs: RETRY_MS, cause });
        for (const { reject } of line) reject(error);
      }
    }
    this.#lines.delete(caller);
  }

  async #settle(caller: string, weights: readonly number[]): Promise<readonly number[]> {
    const { algorithm, store, clock, prefix, max } = this.#of;
    const key = prefix + createHash('sha256').update(caller).digest('base64url');
    let { count, rivalsUntil } = this.#lastSeen(caller);
    let isSure = clock.elapsed() >= rivalsUntil;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const now = clock.now();
      const value = count ? [...count] : algorithm.begin(now);
      const waits = weights.map((weight) => algorithm.take(value, weight, now));
      if (waits.every((wait) => wait > 0)) return waits;
      const ttlMs = Math.max(1, algorithm.restsAt(value) - now);
      if (isSure && (await store.compareAndSet(key, { expected: count, value }, { ttlMs }))) {
        recall<Seen>(this.#seen, { key: caller, value: { count: value, rivalsUntil }, max });
        return waits;
      }
      if (isSure) rivalsUntil = clock.elapsed() + RIVALS_MS;
      count = (await store.get(key)) as readonly number[] | undefined;
      recall<Seen>(this.#seen, { key: caller, value: { count, rivalsUntil }, max });
      isSure = true;
    }
    throw new Error(`${key} was written by others ${MAX_ATTEMPTS} times in a row`);
  }

  /** A count that says no more than none has left the store by now, too. */
  #lastSeen(caller: string): Seen {
    const seen = this.#seen.get(caller) ?? NOTHING;
    const { algorithm, clock } = this.#of;
    return seen.count && algorithm.restsAt(seen.count) <= clock.now() ? { ...seen, count: undefined } : seen;
  }
}

/** A caller's count, as this process has last seen it. */
interface Seen {
  readonly count: readonly number[] | undefined;
  /** Until when, by the time that has passed, others are taken to be counting, too. */
  readonly rivalsUntil: number;
}

const NOTHING: Seen = { count: undefined, rivalsUntil: 0 };

interface Waiting {
  readonly weight: number;
  readonly resolve: (waitMs: number) => void;
  readonly reject: (error: unknown) => void;
}
