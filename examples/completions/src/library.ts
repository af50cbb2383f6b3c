const SHELVES = new Map([
  ['Austen', ['Emma', 'Persuasion', 'Pride and Prejudice']],
  ['Asimov', ['Foundation', 'I, Robot']],
  ['Lem', ['Eden', 'Fiasco', 'Solaris']],
]);

/** The books of a small library. */
export class Library {
  authors(): readonly string[] {
    return [...SHELVES.keys()];
  }

  /** The titles of one author, or of all. */
  titles(author?: string): readonly string[] {
    return author === undefined ? [...SHELVES.values()].flat() : (SHELVES.get(author) ?? []);
  }
}
