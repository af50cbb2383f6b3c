import { digestText } from '../../mcp/digest.js';
import type { KeyValueStore } from '../../storage/store.js';
import type { Logger } from '../../telemetry/logger.js';
import type { Ids } from '../../time/ids.js';
import {
  isTooLarge,
  MAX_ANSWERS,
  PREFIX,
  textOf,
  type Kept,
  type KeptAnswer,
  type KeptAnswers,
  type KeptSizes,
  type Look,
  type Place,
} from './kept-answers.js';

/** What answers are kept with. */
export interface StoredWith extends KeptSizes {
  readonly store: KeyValueStore;
  readonly ids: Ids;
  readonly logger: Logger;
}

/** The longest that anything is kept. */
const LONGEST_MS = 7 * 24 * 60 * 60_000;

/**
 * Answers in a store: each good until its time is over, or something it depends on has changed. A store that fails holds nothing.
 *
 * What another process has kept, or said to have changed, counts here too where both have one store.
 */
export class StoredAnswers implements KeptAnswers {
  readonly #with: StoredWith;
  // What this process has put into the store, by key, the longest unused first.
  readonly #sizes = new Map<string, number>();
  // What has changed while the store could not be told.
  readonly #untold = new Set<string>();
  #oldest = this.#sizes.keys();
  // What no other process and no other time of this one gives to its stamps.
  readonly #own: string;
  #stamps = 0;
  #bytes = 0;
  #fails = false;

  constructor(of: StoredWith) {
    this.#with = of;
    this.#own = of.ids.reference();
  }

  headOf(thing: string): string {
    return thing;
  }

  keyOf(asked: string): string {
    return `${PREFIX}/${digestText(asked)}`;
  }

  async find({ key, dependsOn }: Place): Promise<Look> {
    for (const name of this.#untold) if (!(await this.outdate(name))) return { stamps: undefined };
    try {
      // Stamps are read last: a store that makes room by use has no answer longer than what it depends on.
      const [record, ...read] = await this.#with.store.getMany([key, ...dependsOn]);
      this.#works();
      const stamps = read.map((stamp) => stamp ?? null);
      if (!isKept(record, stamps)) return { stamps };
      this.#used(key);
      return { answer: record, stamps };
    } catch (err) {
      this.#failed(err);
      return { stamps: undefined };
    }
  }

  async keep(key: string, answer: KeptAnswer, ttlMs: number): Promise<Kept> {
    const text = textOf(answer.result);
    if (text === undefined) return 'unfit';
    if (isTooLarge(text, this.#with)) return 'tooLarge';
    const { store } = this.#with;
    try {
      await store.set(key, answer, { ttlMs: Math.min(ttlMs, LONGEST_MS) });
      this.#works();
      for (const oldest of this.#makeRoom(key, text.length)) await store.delete(oldest);
      return 'kept';
    } catch (err) {
      this.#failed(err);
      return 'failed';
    }
  }

  async outdate(name: string): Promise<string | undefined> {
    const stamp = `${this.#own} ${++this.#stamps}`;
    try {
      // By the time it is gone, so is everything that was kept before it.
      await this.#with.store.set(name, stamp, { ttlMs: LONGEST_MS });
      this.#works();
      this.#untold.delete(name);
      return stamp;
    } catch (err) {
      this.#failed(err);
      if (this.#untold.size < MAX_ANSWERS) this.#untold.add(name);
      return undefined;
    }
  }

  #used(key: string): void {
    const bytes = this.#sizes.get(key);
    if (bytes === undefined) return;
    this.#sizes.delete(key);
    this.#sizes.set(key, bytes);
  }

  /** Counts an answer; the keys of those that have to go for it. */
  #makeRoom(key: string, bytes: number): readonly string[] {
    this.#bytes += bytes - (this.#sizes.get(key) ?? 0);
    this.#sizes.delete(key);
    this.#sizes.set(key, bytes);
    const gone: string[] = [];
    while (this.#bytes > this.#with.maxBytes || this.#sizes.size > MAX_ANSWERS) {
      const oldest = this.#nextOldest();
      this.#bytes -= this.#sizes.get(oldest) ?? 0;
      this.#sizes.delete(oldest);
      gone.push(oldest);
    }
    return gone;
  }

  /** Goes on where it was: to begin anew is to walk past everything that has been deleted since the map was last made smaller. */
  #nextOldest(): string {
    const next = this.#oldest.next();
    if (!next.done) return next.value;
    this.#oldest = this.#sizes.keys();
    return this.#nextOldest();
  }

  /** One line when the store begins to fail and one when it works again, rather than one for each call. */
  #failed(err: unknown): void {
    if (!this.#fails) this.#with.logger.warn('ResponseCaching: the store fails, so nothing is kept', { err });
    this.#fails = true;
  }

  #works(): void {
    if (this.#fails) this.#with.logger.info('ResponseCaching: the store works again');
    this.#fails = false;
  }
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
