import { MaxLength } from 'class-validator';
import { Arg, Args, Context, Injectable, Tool, ToolError, ToolResult } from 'tenon';
import { DocsIndex, type Hit } from './docs-index.js';
import { SearchLog } from './search-log.js';
import { SearchQuery, SearchResults } from './search.js';

/** So much of a section stands in the answer to a search. */
const EXCERPT = 600;

@Injectable()
export class DocsTools {
  constructor(private readonly index: DocsIndex) {}

  /**
   * Searches the documentation and answers with the sections that fit best, their text included.
   *
   * Use read_section for the whole of a section.
   */
  @Tool({ name: 'search_docs', output: SearchResults, annotations: { readOnlyHint: true } })
  async search(@Args() { query, limit }: SearchQuery, ctx: Context, log: SearchLog): Promise<ToolResult> {
    await ctx.reportProgress(0, 1, `searching ${this.index.size} sections`);
    const hits = this.index.search(query, limit);
    log.note({ query, hits: hits.length });
    await ctx.reportProgress(1, 1, `${hits.length} found`);
    return new ToolResult({
      content: hits.length > 0 ? hits.map(excerpt).join('\n\n---\n\n') : `Nothing fits "${query}".`,
      structured: { searched: this.index.size, hits: hits.map(found) },
    });
  }

  /**
   * Reads one section of the documentation.
   *
   * @param id Its id, as search_docs gives it.
   */
  @Tool({ name: 'read_section', annotations: { readOnlyHint: true } })
  read(@Arg('id', MaxLength(500)) id: string, log: SearchLog): string {
    const section = this.index.find(id);
    log.note({ id, found: section !== undefined });
    if (section) return `# ${section.title}\n\n${section.text}`;
    const close = this.index.closest(id);
    throw new ToolError(
      `There is no section "${id}".${close.length > 0 ? ` Close to it: ${close.join(', ')}.` : ''}`,
    );
  }
}

function excerpt({ section }: Hit): string {
  const text = section.text.length > EXCERPT ? `${section.text.slice(0, EXCERPT)} …` : section.text;
  return `## ${section.title} (${section.id})\n\n${text}`;
}

function found({ section: { id, title }, score }: Hit): { id: string; title: string; score: number } {
  return { id, title, score: Math.round(score * 1000) / 1000 };
}
