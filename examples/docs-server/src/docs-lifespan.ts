import { Injectable, Lifespan, Logger } from 'tenon';
import { DocsFolder } from './docs-folder.js';
import { DocsIndex } from './docs-index.js';
import { readSections, type Section } from './section.js';

/** Reads and indexes the folder before the first client is let in. */
@Injectable()
@Lifespan(DocsIndex)
export class DocsLifespan {
  constructor(
    private readonly folder: DocsFolder,
    private readonly logger: Logger,
  ) {}

  async *open(): AsyncGenerator<DocsIndex, void> {
    const sections: Section[] = [];
    for await (const { path, text } of this.folder.files()) sections.push(...readSections(path, text));
    const index = new DocsIndex(sections);
    this.logger.info('The folder is indexed', { folder: this.folder.path, sections: index.size });
    yield index;
  }
}
