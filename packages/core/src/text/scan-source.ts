/**
 * Finds the first of some characters outside of strings, comments, patterns and brackets; -1 if there is none.
 *
 * `from` lies in code, not inside a literal.
 */
export function findInCode(text: string, from: number, wanted: string): number {
  let index = from;
  while (index < text.length) {
    const character = text.charAt(index);
    if (wanted.includes(character)) return index;
    index = BRACKETS[character] === undefined ? nextInCode(text, index) : closingBracket(text, index) + 1;
  }
  return -1;
}

/** The position of the bracket that closes the one at `open`; the end of the text if none does. */
export function closingBracket(text: string, open: number): number {
  const closing = BRACKETS[text.charAt(open)] ?? '';
  const found = findInCode(text, open + 1, closing);
  return found === -1 ? text.length : found;
}

/** Whether code goes over several lines, other than inside a template. */
export function breaksLines(code: string): boolean {
  for (let index = 0; index < code.length; index = nextInCode(code, index)) {
    if (code[index] === '\n') return true;
  }
  return false;
}

/** A piece of code without its comments. */
export function withoutComments(code: string): string {
  let kept = '';
  let index = 0;
  while (index < code.length) {
    const next = nextInCode(code, index);
    kept += isComment(code, index) ? ' ' : code.slice(index, next);
    index = next;
  }
  return kept.trim();
}

const BRACKETS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** The position behind the character, or behind the whole literal or comment, that begins at `index`. */
function nextInCode(text: string, index: number): number {
  const character = text.charAt(index);
  if (character === '"' || character === "'") return endOfString(text, index);
  if (character === '`') return endOfTemplate(text, index);
  if (character !== '/') return index + 1;
  if (text[index + 1] === '/') return endOr(text, text.indexOf('\n', index));
  if (text[index + 1] === '*') return endOr(text, text.indexOf('*/', index + 2), 2);
  return beginsPattern(text, index) ? endOfPattern(text, index) : index + 1;
}

function isComment(text: string, index: number): boolean {
  return text[index] === '/' && (text[index + 1] === '/' || text[index + 1] === '*');
}

function endOr(text: string, found: number, length = 0): number {
  return found === -1 ? text.length : found + length;
}

function endOfString(text: string, open: number): number {
  const quote = text.charAt(open);
  let index = open + 1;
  while (index < text.length && text[index] !== quote) index += text[index] === '\\' ? 2 : 1;
  return index + 1;
}

function endOfTemplate(text: string, open: number): number {
  let index = open + 1;
  while (index < text.length && text[index] !== '`') {
    if (text[index] === '$' && text[index + 1] === '{') index = closingBracket(text, index + 1) + 1;
    else index += text[index] === '\\' ? 2 : 1;
  }
  return index + 1;
}

function endOfPattern(text: string, open: number): number {
  let index = open + 1;
  let inClass = false;
  while (index < text.length && (inClass || text[index] !== '/')) {
    if (text[index] === '[') inClass = true;
    if (text[index] === ']') inClass = false;
    index += text[index] === '\\' ? 2 : 1;
  }
  return index + 1;
}

/** A slash begins a pattern where a value is expected, and divides behind a value. */
function beginsPattern(text: string, index: number): boolean {
  const before = text.slice(0, index).trimEnd();
  return /(^|[=(,:[!&|?{;+\-*%~^<>]|\b(return|typeof|case|in|of|void|delete|instanceof|new|await|yield))$/.test(
    before,
  );
}
