import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** A larger file is no documentation that anybody wrote. */
const MAX_BYTES = 1024 * 1024;

/** A Markdown file: where it lies below the folder, and what is in it. */
export interface MarkdownFile {
  readonly path: string;
  readonly text: string;
}

/** The folder that is served: the first argument that is no flag, or the documentation of this repository. */
export class DocsFolder {
  readonly path = resolve(
    parseArgs({
      strict: false,
      allowPositionals: true,
      options: {
        transport: { type: 'string' },
        host: { type: 'string' },
        port: { type: 'string' },
        path: { type: 'string' },
      },
    }).positionals[0] ?? fileURLToPath(new URL('../../../docs', import.meta.url)),
  );

  /** Every Markdown file below the folder, in the order of their paths; a link out of the folder is not followed. */
  async *files(): AsyncGenerator<MarkdownFile> {
    const root = await this.#root();
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter(({ name }) => name.endsWith('.md'))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !relative(root, path).split(sep).includes('node_modules'));
    for (const path of paths.sort()) {
      // A link may lead nowhere.
      const real = await realpath(path).catch(() => undefined);
      if (real === undefined || !real.startsWith(root + sep)) continue;
      // A folder may be named like a file, and reading a pipe would wait for ever.
      const found = await stat(real);
      if (!found.isFile() || found.size > MAX_BYTES) continue;
      yield { path: relative(root, path).split(sep).join('/'), text: await readFile(real, 'utf8') };
    }
  }

  async #root(): Promise<string> {
    const found = await stat(this.path).catch(() => undefined);
    if (found?.isDirectory()) return realpath(this.path);
    throw new Error(`${this.path} is no folder: name one that holds Markdown files`);
  }
}
