import type { Section } from './section.js';

/** A section that was found, and how well it fits. */
export interface Hit {
  readonly section: Section;
  readonly score: number;
}

interface Indexed {
  readonly section: Section;
  readonly words: ReadonlyMap<string, number>;
  readonly length: number;
}

/** A word in a title says so many times more than one in the text. */
const TITLE_WEIGHT = 5;
/** The usual constants of BM25: how soon repetition stops to count, and how much length does. */
const SATURATION = 1.2;
const LENGTH_WEIGHT = 0.75;

/** The sections of a folder, to be searched by words and read by id. */
export class DocsIndex {
  readonly #indexed: readonly Indexed[];
  readonly #byId: ReadonlyMap<string, Section>;
  readonly #frequency = new Map<string, number>();
  readonly #averageLength: number;

  constructor(sections: readonly Section[]) {
    this.#byId = new Map(sections.map((section) => [section.id, section]));
    this.#indexed = sections.map(index);
    this.#averageLength =
      this.#indexed.reduce((sum, { length }) => sum + length, 0) / Math.max(1, sections.length);
    for (const { words } of this.#indexed) {
      for (const word of words.keys()) this.#frequency.set(word, (this.#frequency.get(word) ?? 0) + 1);
    }
  }

  /** How many sections there are. */
  get size(): number {
    return this.#byId.size;
  }

  /** The sections that fit a query best, the best first. */
  search(query: string, limit: number): readonly Hit[] {
    const wanted = [...new Set(wordsOf(query))];
    return this.#indexed
      .map((each) => ({
        section: each.section,
        score: wanted.reduce((sum, word) => sum + this.#score(word, each), 0),
      }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score || (a.section.id < b.section.id ? -1 : 1))
      .slice(0, limit);
  }

  /** The section of an id. */
  find(id: string): Section | undefined {
    return this.#byId.get(id);
  }

  /** The ids that are written most like one that is not there. */
  closest(id: string): readonly string[] {
    const wanted = pairsOf(id);
    return [...this.#byId.keys()]
      .map((each) => ({ each, likeness: likeness(wanted, pairsOf(each)) }))
      .filter(({ likeness }) => likeness >= 0.4)
      .sort((a, b) => b.likeness - a.likeness)
      .slice(0, 3)
      .map(({ each }) => each);
  }

  #score(word: string, { words, length }: Indexed): number {
    const count = words.get(word);
    if (count === undefined) return 0;
    const frequency = this.#frequency.get(word) ?? 0;
    const rarity = Math.log(1 + (this.#indexed.length - frequency + 0.5) / (frequency + 0.5));
    const size = 1 - LENGTH_WEIGHT + LENGTH_WEIGHT * (length / this.#averageLength);
    return (rarity * count * (SATURATION + 1)) / (count + SATURATION * size);
  }
}

function index(section: Section): Indexed {
  const words = new Map<string, number>();
  const count = (text: string, weight: number): void => {
    for (const word of wordsOf(text)) words.set(word, (words.get(word) ?? 0) + weight);
  };
  count(section.title, TITLE_WEIGHT);
  count(section.text, 1);
  return { section, words, length: [...words.values()].reduce((sum, each) => sum + each, 0) };
}

function pairsOf(id: string): ReadonlySet<string> {
  const text = id.toLowerCase();
  return new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2)));
}

/** Dice's coefficient: 1 for the same pairs of letters, 0 for none in common. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = [...a].filter((pair) => b.has(pair)).length;
  return (2 * both) / Math.max(1, a.size + b.size);
}

/** Splits what is written without spaces between words. */
const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

function wordsOf(text: string): readonly string[] {
  const runs = text.normalize('NFKC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return runs.flatMap((run) => {
    if (UNSPACED.test(run)) return Array.from(segmenter.segment(run), ({ segment }) => segment.toLowerCase());
    // `reportProgress` is found as a whole and by each of its words.
    const parts = run.split(/(?<=\p{Ll})(?=\p{Lu})/u);
    return [run, ...(parts.length > 1 ? parts : [])].map((word) => word.toLowerCase());
  });
}
