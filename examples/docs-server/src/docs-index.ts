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

  /** Ids that share words with one that is not there. */
  closest(id: string): readonly string[] {
    return this.search(id.replace(/[^\p{L}\p{N}]+/gu, ' '), 3).map(({ section }) => section.id);
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

function wordsOf(text: string): readonly string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
