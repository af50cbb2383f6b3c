/** Reads a literal out of source text: numbers, strings, true, false, null, and lists and objects of them. */
export function readLiteral(text: string): { readonly value: unknown } | undefined {
  const reader = new LiteralReader(text);
  const value = reader.value();
  return value === NOT_A_LITERAL || !reader.atEnd ? undefined : { value };
}

const NOT_A_LITERAL = Symbol('not a literal');
const WORDS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
]);
const NUMBER =
  /[+-]?\s*(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?)(?![\w$.])/y;
const STRING = /"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'|`(?:[^`\\$]|\\[^]|\$(?!\{))*`/y;
const WORD = /[A-Za-z_$][\w$]*/y;
const ESCAPE = /\\(?:u\{([\da-fA-F]+)\}|u([\da-fA-F]{4})|x([\da-fA-F]{2})|\r?\n|([^]))/g;
const ESCAPED: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  '0': '\0',
};

class LiteralReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.#peek() === '';
  }

  value(): unknown {
    const first = this.#peek();
    if (first === '[') return this.#list();
    if (first === '{') return this.#object();
    const string = this.#take(STRING);
    if (string !== undefined) return unescape(string);
    const number = this.#take(NUMBER);
    if (number !== undefined) return toNumber(number);
    const word = this.#take(WORD);
    return word !== undefined && WORDS.has(word) ? WORDS.get(word) : NOT_A_LITERAL;
  }

  #list(): unknown {
    const list: unknown[] = [];
    this.#at++;
    while (!this.#takes(']')) {
      const item = this.value();
      if (item === NOT_A_LITERAL || !(this.#takes(',') || this.#peek() === ']')) return NOT_A_LITERAL;
      list.push(item);
    }
    return list;
  }

  #object(): unknown {
    const entries: [string, unknown][] = [];
    this.#at++;
    while (!this.#takes('}')) {
      const quoted = this.#take(STRING);
      const key = quoted === undefined ? this.#take(WORD) : unescape(quoted);
      if (key === undefined || key === '__proto__' || !this.#takes(':')) return NOT_A_LITERAL;
      const value = this.value();
      if (value === NOT_A_LITERAL || !(this.#takes(',') || this.#peek() === '}')) return NOT_A_LITERAL;
      entries.push([key, value]);
    }
    return Object.fromEntries(entries);
  }

  #peek(): string {
    while (/\s/.test(this.#text.charAt(this.#at))) this.#at++;
    return this.#text.charAt(this.#at);
  }

  #takes(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#at++;
    return true;
  }

  #take(pattern: RegExp): string | undefined {
    this.#peek();
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }
}

function toNumber(text: string): number {
  const digits = text.replace(/[_\s]/g, '');
  return digits.startsWith('-') ? -Number(digits.slice(1)) : Number(digits);
}

function unescape(literal: string): string {
  return literal
    .slice(1, -1)
    .replace(ESCAPE, (whole: string, braced?: string, four?: string, two?: string, one?: string) => {
      const code = braced ?? four ?? two;
      if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
      return one === undefined ? '' : (ESCAPED[one] ?? one);
    });
}
