/** A heading of a Markdown file and the text below it, up to the next heading. */
export interface Section {
  /** `guide/install.md#on-linux`: what `read_section` is asked for. */
  readonly id: string;
  readonly file: string;
  readonly title: string;
  readonly text: string;
}

/** The sections of one file; what stands before the first heading belongs to the file itself. */
export function readSections(file: string, markdown: string): readonly Section[] {
  const sections: { title: string; lines: string[] }[] = [{ title: file, lines: [] }];
  let fence: string | undefined;
  for (const line of markdown.split(/\r?\n/)) {
    const [, mark] = /^ {0,3}(```+|~~~+)/.exec(line) ?? [];
    if (mark !== undefined)
      fence = fence === undefined ? mark : line.trim().startsWith(fence) ? undefined : fence;
    const [, title] = fence === undefined ? (/^ {0,3}#{1,6}\s+(.+?)(?:\s+#+)?\s*$/.exec(line) ?? []) : [];
    if (title === undefined) sections.at(-1)?.lines.push(line);
    else sections.push({ title, lines: [] });
  }
  const slugs = new Map<string, number>();
  return sections
    .map(({ title, lines }, i) => ({
      title,
      text: lines.join('\n').trim(),
      id: i === 0 ? file : `${file}#${unique(slug(title), slugs)}`,
    }))
    .filter(({ text }, i) => i > 0 || text !== '')
    .map((section) => ({ ...section, file }));
}

/** A title as it stands in the address of its section. */
function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replace(/\s+/g, '-');
}

function unique(name: string, seen: Map<string, number>): string {
  const before = seen.get(name) ?? 0;
  seen.set(name, before + 1);
  return before === 0 ? name : `${name}-${before}`;
}
