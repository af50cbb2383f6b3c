import { digestText } from '../../mcp/digest.js';
import type { Clock } from '../../time/clock.js';
import {
  isTooLarge,
  MAX_ANSWERS,
  textOf,
  type Kept,
  type KeptAnswer,
  type KeptAnswers,
  type KeptSizes,
  type Look,
  type Place,
} from './kept-answers.js';

/** What is asked in more words is known by their digest. */
const LONGEST_KEY = 500;
/** What an answer costs besides its key and its text, about. */
const OVERHEAD = 150;

/** An answer as text: each asker is given a copy of its own. Small numbers alone, for many of them are kept. */
interface Slot {
  readonly text: string;
  /** In milliseconds since this began, by the clock on the wall. */
  readonly at: number;
  /** By the time that has passed, whatever the clock is set to. */
  readonly ends: number;
  readonly stamps: readonly number[];
}

/**
 * Answers in the memory of this process, without a step that waits.
 *
 * In two halves: what is kept or used goes into the newer one, and once that is full the older one goes as a whole. So room is made
 * without a look at each answer that goes, and what was used lately stays.
 */
export class MemoryAnswers implements KeptAnswers {
  readonly #clock: Clock;
  readonly #sizes: KeptSizes;
  readonly #began: number;
  #newer = new Half();
  #older = new Half();
  readonly #stamps = new Map<string, number>();
  /** Stamps that were read since one of them changed: many answers share them. */
  #read = new WeakMap<readonly string[], readonly number[]>();
  /** The stamp of what has not changed since the stamps were last forgotten. */
  #unchanged = 0;
  #last = 0;
  #heads = 0;

  constructor(clock: Clock, sizes: KeptSizes) {
    this.#clock = clock;
    this.#sizes = sizes;
    this.#began = clock.now();
  }

  /** As short as can be: a key is hashed for each call. */
  headOf(): string {
    return String(++this.#heads);
  }

  keyOf(asked: string): string {
    return asked.length > LONGEST_KEY ? digestText(asked) : asked;
  }

  find({ key, dependsOn }: Place): Look {
    const stamps = this.#stampsOf(dependsOn);
    const slot = this.#newer.slots.get(key) ?? this.#used(key);
    if (!slot || slot.ends <= this.#clock.elapsed()) return { stamps };
    if (!stamps.every((stamp, index) => stamp === slot.stamps[index])) return { stamps };
    return { answer: { result: JSON.parse(slot.text) as object, at: slot.at + this.#began, stamps }, stamps };
  }

  keep(key: string, { result, at, stamps }: KeptAnswer, ttlMs: number): Kept {
    const text = textOf(result);
    if (text === undefined) return 'unfit';
    if (isTooLarge(text, this.#sizes) || sizeOf(key, text) > this.#sizes.maxBytes) return 'tooLarge';
    const ends = Math.round(this.#clock.elapsed() + ttlMs);
    this.#put(key, { text, at: at - this.#began, ends, stamps: stamps as readonly number[] });
    return 'kept';
  }

  outdate(name: string): number {
    const stamp = ++this.#last;
    if (this.#stamps.size >= MAX_ANSWERS && !this.#stamps.has(name)) this.#forgetAll();
    this.#stamps.set(name, stamp);
    this.#read = new WeakMap();
    return stamp;
  }

  /** Names of resources may come from strangers: past so many nothing that was kept holds, nor what is being made. */
  #forgetAll(): void {
    this.#stamps.clear();
    this.#unchanged = ++this.#last;
    this.#newer = new Half();
    this.#older = new Half();
  }

  #stampsOf(names: readonly string[]): readonly number[] {
    const known = this.#read.get(names);
    if (known) return known;
    const stamps = names.map((name) => this.#stamps.get(name) ?? this.#unchanged);
    this.#read.set(names, stamps);
    return stamps;
  }

  #used(key: string): Slot | undefined {
    const slot = this.#older.slots.get(key);
    if (slot) this.#put(key, slot);
    return slot;
  }

  #put(key: string, slot: Slot): void {
    const { maxBytes } = this.#sizes;
    const bytes = sizeOf(key, slot.text);
    if (this.#newer.bytes + bytes > maxBytes / 2 || this.#newer.slots.size >= MAX_ANSWERS / 2) {
      this.#older = this.#newer;
      this.#newer = new Half();
    }
    // One answer may take more than a half.
    if (this.#older.bytes + this.#newer.bytes + bytes > maxBytes) this.#older = new Half();
    this.#newer.put(key, slot, bytes);
  }
}

/** One half of what is kept. */
class Half {
  readonly slots = new Map<string, Slot>();
  bytes = 0;

  /** What stood there before goes on counting: the half is only full a little sooner. */
  put(key: string, slot: Slot, bytes: number): void {
    this.slots.set(key, slot);
    this.bytes += bytes;
  }
}

function sizeOf(key: string, text: string): number {
  return key.length + text.length + OVERHEAD;
}
