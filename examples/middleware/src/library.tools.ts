import { Resource, Tags, Tool, UseMiddleware } from 'tenon';
import { InCapitals } from './in-capitals.js';

/** A library's desk. */
export class LibraryTools {
  /** Looks for a book. */
  @Tool()
  find(title: string): string {
    return `${title} stands on shelf 4`;
  }

  /** Reserves a book. */
  @Tags('beta')
  @UseMiddleware(InCapitals)
  @Tool()
  reserve(title: string): string {
    return `${title} is reserved`;
  }

  /** Counts all books by hand. */
  @Tool()
  async takeStock(signal: AbortSignal): Promise<string> {
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve);
    });
    return 'Nobody waits for this any more';
  }

  /** Sells a book. */
  @Tags('draft')
  @Tool()
  sell(title: string): string {
    return `${title} is sold`;
  }

  /** When the desk is open. */
  @Resource('library://hours')
  hours(): string {
    return 'Ten to six';
  }
}
