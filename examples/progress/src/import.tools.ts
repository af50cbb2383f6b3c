import { Context, Injectable, Tool } from 'tenon';
import { Inbox } from './inbox.js';

@Injectable()
export class ImportTools {
  readonly #imported: string[] = [];

  constructor(private readonly inbox: Inbox) {}

  /**
   * Imports a file of the inbox, line by line, and tells how far it is.
   *
   * @param filePath The name of the file.
   */
  @Tool()
  async batchImport(filePath: string, ctx: Context) {
    const items = await this.inbox.lines(filePath);
    const total = items.length;
    for (const [i, item] of items.entries()) {
      // Sent to clients that have asked for it; to the others it costs nothing.
      await ctx.reportProgress(i + 1, total, `Importing item ${i + 1}/${total}`);
      await this.#import(item);
    }
    return { imported: items.length, total };
  }

  #import(item: string): Promise<void> {
    this.#imported.push(item);
    return Promise.resolve();
  }
}
