/** What a doc comment says: its text, and what it says of each parameter. */
export interface DocComment {
  readonly description: string | undefined;
  /** Text by the name of a `@param`. */
  readonly params: ReadonlyMap<string, string>;
}

/** Reads a doc comment, given with its delimiters: the text above the first tag, and the `@param` tags. */
export function parseDocComment(block: string): DocComment {
  const plain = PLAIN.exec(block);
  if (plain) return { description: plain[1], params: NO_PARAMS };
  const sections = splitAtTags(linesOf(block));
  const params = new Map<string, string>();
  for (const { tag, lines } of sections) {
    if (!PARAM_TAGS.has(tag ?? '')) continue;
    const read = readParam(joinLines(lines.map((line) => line.trim())));
    if (read) params.set(...read);
  }
  const [head] = sections;
  const description = head && head.tag === undefined ? joinLines(head.lines) : '';
  return { description: description === '' ? undefined : description, params };
}

/** One line without tags, as most are: there is nothing to take apart. */
const PLAIN = /^\/\*\*[ \t]*([^\s@{*](?:[^\r\n{]*[^\s{*])?)[ \t]*\*\/$/;
const NO_PARAMS: ReadonlyMap<string, string> = new Map();
const PARAM_TAGS: ReadonlySet<string> = new Set(['param', 'arg', 'argument']);
const TAG = /^\s*@([A-Za-z][\w-]*)[ \t]*/;
const FENCE = /^\s*(```|~~~)/;
/** Lines that keep their beginning: list items, quotes, tables, headings. */
const OWN_LINE = /^\s*([-*+]\s|\d+[.)]\s|[>|#])/;
const CODE = /^( {4}|\t)/;

function linesOf(block: string): readonly string[] {
  const inside = block
    .trim()
    .slice(3, -2)
    .replace(/^\*+|\*+$/g, '');
  return inside
    .split(/\r?\n/)
    .map((line, index) => (index === 0 ? line.trim() : line.replace(/^\s*\* ?|^\s+/, '').trimEnd()));
}

interface Section {
  readonly tag: string | undefined;
  readonly lines: string[];
}

function splitAtTags(lines: readonly string[]): readonly Section[] {
  const sections: Section[] = [];
  let fenced = false;
  for (const line of lines) {
    if (FENCE.test(line)) fenced = !fenced;
    const tag = fenced ? null : TAG.exec(line);
    if (tag) sections.push({ tag: tag[1], lines: [line.slice(tag[0].length)] });
    else if (sections.length > 0) sections.at(-1)?.lines.push(line);
    else sections.push({ tag: undefined, lines: [line] });
  }
  return sections;
}

/** One line a paragraph; blank lines, lists and code stay as they are. */
function joinLines(lines: readonly string[]): string {
  const joined: string[] = [];
  let fenced = false;
  for (const line of lines) {
    const last = joined.at(-1) ?? '';
    const fence = FENCE.test(line);
    const ends = fenced || fence || line === '' || OWN_LINE.test(line);
    if (ends || last === '' || FENCE.test(last) || CODE.test(last)) joined.push(line);
    else joined[joined.length - 1] = `${last} ${line.trim()}`;
    if (fence) fenced = !fenced;
  }
  return withoutInlineTags(
    joined
      .join('\n')
      .trim()
      .replace(/\n{3,}/g, '\n\n'),
  );
}

/** `{@link Api.call the call}` reads as its words. */
function withoutInlineTags(text: string): string {
  return text.replace(/\{@\w+\s+([^{}]*)\}/g, (_tag, inside: string) => {
    const [target = '', ...label] = inside.split(/\s*\|\s*|\s+/);
    return label.length > 0 ? label.join(' ').trim() : target;
  });
}

/** `{type} name - text`, `[name=3] text`, `name text`. */
function readParam(text: string): [name: string, text: string] | undefined {
  const untyped = text.startsWith('{') ? text.slice(closingBrace(text) + 1).trimStart() : text;
  const match = /^(?:\[\s*([\w$.]+)[^\]]*\]|([\w$.]+))\s*(?:[-–—:]\s+)?([^]*)$/.exec(untyped);
  const name = match?.[1] ?? match?.[2];
  return match && name !== undefined && match[3] ? [name, match[3]] : undefined;
}

function closingBrace(text: string): number {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '{') depth++;
    if (text[index] === '}' && --depth === 0) return index;
  }
  return -1;
}
