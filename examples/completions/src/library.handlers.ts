import { Complete, Injectable, Prompt, Resource, ResourceNotFound } from 'tenon';
import { Library } from './library.js';

@Injectable()
export class LibraryHandlers {
  constructor(private readonly library: Library) {}

  /** Asks for a review of a book. */
  @Prompt()
  review(author: string, title: string): string {
    return `Review "${title}" by ${author} for our readers.`;
  }

  @Complete('review', 'author')
  reviewedAuthors(author: string) {
    return beginningWith(author, this.library.authors());
  }

  /** What has been said of the other arguments narrows the choice. */
  @Complete('review', 'title')
  reviewedTitles(title: string, author?: string) {
    return beginningWith(title, this.library.titles(author));
  }

  /** The books of an author. */
  @Resource('library://{author}/books')
  books(author: string) {
    if (!this.library.authors().includes(author)) throw new ResourceNotFound(`We have no book by ${author}`);
    return this.library.titles(author);
  }

  /** A template is named by its whole URI, as it stands in its decorator. */
  @Complete('library://{author}/books', 'author')
  shelvedAuthors(author: string) {
    return beginningWith(author, this.library.authors());
  }
}

function beginningWith(typed: string, words: readonly string[]): readonly string[] {
  return words.filter((word) => word.toLowerCase().startsWith(typed.toLowerCase()));
}
