import { digest } from '../../mcp/digest.js';
import type { KeyValueStore } from '../../storage/store.js';
import type { Logger } from '../../telemetry/logger.js';
import type { Ids } from '../../time/ids.js';

/** An answer as it is kept. */
export interface KeptAnswer {
  readonly result: object;
  /** When it was kept, in milliseconds of the server's clock. */
  readonly at: number;
  /** What the stamps were before it was made: it holds for as long as they are the same. */
  readonly stamps: readonly unknown[];
}

/** Where an answer is kept, and the names of what it depends on. */
export interface Place {
  readonly key: string;
  readonly dependsOn: readonly string[];
}

/** What a look for an answer has found. */
export interface Look {
  readonly answer?: KeptAnswer;
  /** The stamps now; undefined where the store has failed, and nothing can be kept. */
  readonly stamps: readonly unknown[] | undefined;
}

/** What answers are kept with. */
export interface KeptWith {
  readonly store: KeyValueStore;
  readonly ids: Ids;
  readonly logger: Logger;
  /** What is larger is not kept. */
  readonly maxItemBytes: number;
  /** What all together may take, of what this process has kept. */
  readonly maxBytes: number;
}

/** So many answers at most, however small they are. */
const MAX_ANSWERS = 10_000;
/** The longest that anything is kept. */
const LONGEST_MS = 7 * 24 * 60 * 60_000;
const PREFIX = 'response-cache';

/**
 * Answers in a store: each good until its time is over, or something it depends on has changed. A store that fails holds nothing.
 *
 * What another process has kept, or said to have changed, counts here too where both have one store.
 */
export class KeptAnswers {
  readonly #with: KeptWith;
  // What this process has put into the store, by key, the longest unused first.
  readonly #sizes = new Map<string, number>();
  // What has changed while the store could not be told.
  readonly #untold = new Set<string>();
  #bytes = 0;
  #fails = false;

  constructor(of: KeptWith) {
    this.#with = of;
  }

  /** The answer that is kept for a place, if it still holds. */
  async find({ key, dependsOn }: Place): Promise<Look> {
    for (const name of this.#untold) if (!(await this.outdate(name))) return { stamps: undefined };
    // Stamps are read last: a store that makes room by use has no answer longer than what it depends on.
    const found = await this.#try(() =>
      this.#with.store.getMany([`${PREFIX}/${key}`, ...dependsOn.map(stampKey)]),
    );
    if (!found) return { stamps: undefined };
    const [record, ...read] = found;
    const stamps = read.map((stamp) => stamp ?? null);
    if (!isKept(record, stamps)) return { stamps };
    this.#used(key);
    return { answer: record, stamps };
  }

  /** Keeps an answer, or says why not. */
  async keep(
    { key }: Place,
    of: { readonly answer: KeptAnswer; readonly bytes: number; readonly ttlMs: number },
  ): Promise<'kept' | 'tooLarge' | 'failed'> {
    const { store, maxItemBytes } = this.#with;
    const { answer, bytes, ttlMs } = of;
    if (bytes > maxItemBytes) return 'tooLarge';
    const done = await this.#try(async () => {
      await store.set(`${PREFIX}/${key}`, answer, { ttlMs: Math.min(ttlMs, LONGEST_MS) });
      await this.#makeRoom(key, bytes);
      return true;
    });
    return done ? 'kept' : 'failed';
  }

  /** Says that what depends on a name holds no longer; the stamp from now on, undefined where the store has failed. */
  async outdate(name: string): Promise<string | undefined> {
    const { store, ids } = this.#with;
    const stamp = ids.reference();
    const told = await this.#try(async () => {
      // By the time it is gone, so is everything that was kept before it.
      await store.set(stampKey(name), stamp, { ttlMs: LONGEST_MS });
      return true;
    });
    if (told) this.#untold.delete(name);
    else if (this.#untold.size < MAX_ANSWERS) this.#untold.add(name);
    return told ? stamp : undefined;
  }

  #used(key: string): void {
    const bytes = this.#sizes.get(key);
    if (bytes === undefined) return;
    this.#sizes.delete(key);
    this.#sizes.set(key, bytes);
  }

  async #makeRoom(key: string, bytes: number): Promise<void> {
    this.#bytes += bytes - (this.#sizes.get(key) ?? 0);
    this.#sizes.delete(key);
    this.#sizes.set(key, bytes);
    for (const [oldest, size] of this.#sizes) {
      if (this.#bytes <= this.#with.maxBytes && this.#sizes.size <= MAX_ANSWERS) return;
      this.#sizes.delete(oldest);
      this.#bytes -= size;
      await this.#with.store.delete(`${PREFIX}/${oldest}`);
    }
  }

  /** One line when the store begins to fail and one when it works again, rather than one for each call. */
  async #try<T>(step: () => Promise<T>): Promise<T | undefined> {
    const { logger } = this.#with;
    try {
      const value = await step();
      if (this.#fails) logger.info('ResponseCaching: the store works again');
      this.#fails = false;
      return value;
    } catch (err) {
      if (!this.#fails) logger.warn('ResponseCaching: the store fails, so nothing is kept', { err });
      this.#fails = true;
      return undefined;
    }
  }
}

function stampKey(name: string): string {
  return `${PREFIX}/stamp/${name.length > 100 ? digest(name) : name}`;
}

/** Whether a record is an answer that still holds; others may write to the store as well. */
function isKept(record: unknown, now: readonly unknown[]): record is KeptAnswer {
  const { result, at, stamps } = (record ?? {}) as Partial<Record<keyof KeptAnswer, unknown>>;
  if (typeof result !== 'object' || result === null || typeof at !== 'number') return false;
  return (
    Array.isArray(stamps) &&
    stamps.length === now.length &&
    now.every((stamp, index) => stamp === stamps[index])
  );
}
