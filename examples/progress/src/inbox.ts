import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ToolError } from 'tenon';

/** The folder that files are imported from. */
export class Inbox {
  readonly #folder = process.env.INBOX ?? '.';

  /** The lines of a file; the model names it, so it has to lie in the folder itself. */
  async lines(file: string): Promise<readonly string[]> {
    if (basename(file) !== file) throw new ToolError(`Name a file of the inbox, not '${file}'`);
    const text = await readFile(join(this.#folder, file), 'utf8').catch(() => {
      throw new ToolError(`There is no file '${file}' in the inbox`);
    });
    return text.split('\n').filter((line) => line !== '');
  }
}
