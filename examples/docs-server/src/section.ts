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
    fence = fenceAfter(line, fence);
    const [, title] = fence === undefined ? (/^ {0,3}#{1,6}\s+(.+?)(?:\s+#+)?\s*$/.exec(line) ?? []) : [];
    if (title === undefined) sections.at(-1)?.lines.push(line);
    else sections.push({ title, lines: [] });
  }
  const slugs = new Set<string>();
  return sections
    .map(({ title, lines }, i) => ({
      title,
      text: lines.join('\n').trim(),
      id: i === 0 ? file : `${file}#${unique(slug(title), slugs)}`,
    }))
    .filter(({ text }, i) => i > 0 || text !== '')
    .map((section) => ({ ...section, file }));
}

/** The fence that is open after a line: what closes one is at least as long, of the same kind, and nothing else. */
function fenceAfter(line: string, open: string | undefined): string | undefined {
  const [, mark, info = ''] = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
  if (mark === undefined) return open;
  if (open === undefined) return mark.startsWith('`') && info.includes('`') ? undefined : mark;
  return mark.startsWith(open) && info.trim() === '' ? undefined : open;
}

/** A title as it stands in the address of its section. */
function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s+/g, '-');
}

function unique(name: string, taken: Set<string>): string {
  let free = name;
  for (let n = 1; taken.has(free); n++) free = `${name}-${n}`;
  taken.add(free);
  return free;
}
