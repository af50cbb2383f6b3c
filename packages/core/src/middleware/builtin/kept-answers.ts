import { digest } from '../../mcp/digest.js';

/** An answer as it is kept. */
export interface KeptAnswer {
  readonly result: object;
  /** When it was kept, in milliseconds of the server's clock. */
  readonly at: number;
  /** What the stamps were before it was made: it holds for as long as they are the same. */
  readonly stamps: readonly unknown[];
}

/** Where an answer is kept, and the stamps of what it depends on. */
export interface Place {
  readonly key: string;
  readonly dependsOn: readonly string[];
}

/** What a look for an answer has found. */
export interface Look {
  /** The asker's own: whoever changes it changes it for nobody else. */
  readonly answer?: KeptAnswer;
  /** The stamps now; undefined where they cannot be told, and nothing can be kept. */
  readonly stamps: readonly unknown[] | undefined;
}

/** What became of an answer that was to be kept. */
export type Kept = 'kept' | 'tooLarge' | 'failed' | 'unfit';

/** Keeps answers: each good until its time is over, or something it depends on has changed. Waits only where it has to. */
export interface KeptAnswers {
  /** What the keys of all questions about one thing begin with. */
  headOf(thing: string): string;
  /** The key of what is asked, said in full. */
  keyOf(asked: string): string;
  /** The answer that is kept for a place, if it still holds. */
  find(place: Place): Look | Promise<Look>;
  /** Keeps an answer, or says why not. */
  keep(key: string, answer: KeptAnswer, ttlMs: number): Kept | Promise<Kept>;
  /** Says that what depends on a stamp holds no longer; the stamp from now on, undefined where it cannot be told. */
  outdate(name: string): unknown;
}

/** How large answers may be. */
export interface KeptSizes {
  /** What is larger is not kept. */
  readonly maxItemBytes: number;
  /** What all together may take in this process, about. */
  readonly maxBytes: number;
}

/** So many answers at most, however small they are. */
export const MAX_ANSWERS = 10_000;

/** What all keys begin with. */
export const PREFIX = 'response-cache';

/** The name of the stamp of something that answers depend on. */
export function stampKey(name: string): string {
  return `${PREFIX}/stamp/${name.length > 100 ? digest(name) : name}`;
}

/** An answer as the text that is kept; undefined where JSON cannot carry it. */
export function textOf(result: object): string | undefined {
  try {
    return JSON.stringify(result);
  } catch {
    return undefined;
  }
}

/** Whether a text is too large to be kept. Its bytes are counted only where its length leaves that open. */
export function isTooLarge(text: string, { maxItemBytes }: KeptSizes): boolean {
  if (text.length > maxItemBytes) return true;
  return text.length * MOST_BYTES > maxItemBytes && Buffer.byteLength(text) > maxItemBytes;
}

/** What a character can take in UTF-8, of those that a string counts as one. */
const MOST_BYTES = 3;
