import { matchParts } from './match-parts.js';
import { readTemplate, type TemplatePart, type TemplateSyntax } from './uri-template-syntax.js';

/**
 * A URI with places for parameters: `user://{id}/files/{path*}{?format}`.
 *
 * `{id}` stands for a part of one segment, `{path*}` for one or more segments, neither ever empty; `{?format}` for a
 * query, each name of which may be missing.
 */
export class UriTemplate {
  /** The template as it was written. */
  readonly text: string;
  /** The parameters in the path, in order. */
  readonly pathParams: readonly string[];
  /** The parameters in the query that the path does not give. */
  readonly queryParams: readonly string[];
  readonly #path: readonly TemplatePart[];
  readonly #takesQuery: boolean;
  /** What every URI of this template begins with: most URIs are told apart by it. */
  readonly #beginning: string;

  private constructor(text: string, { path, query = [] }: TemplateSyntax) {
    const [first] = path;
    this.text = text;
    this.pathParams = path.flatMap((part) => (part.is === 'parameter' ? [part.name] : []));
    this.queryParams = query.filter((name) => !this.pathParams.includes(name));
    this.#path = path;
    this.#takesQuery = query.length > 0;
    this.#beginning = first?.is === 'text' ? first.text : '';
  }

  /** Reads a template. Throws UriTemplateSyntax, whose message goes on after what it is said of. */
  static parse(text: string): UriTemplate {
    return new UriTemplate(text, readTemplate(text));
  }

  /** The parameters of a URI, decoded; undefined if it is none of this template, or not properly encoded. */
  match(uri: string): Readonly<Record<string, string>> | undefined {
    if (!uri.startsWith(this.#beginning)) return undefined;
    const mark = this.#takesQuery ? uri.indexOf('?') : -1;
    const values = matchParts(this.#path, mark < 0 ? uri : uri.slice(0, mark));
    if (!values) return undefined;
    try {
      const path = values.map((value, i) => [this.pathParams[i], decodeURIComponent(value)] as const);
      const query = mark < 0 ? [] : readPairs(uri.slice(mark + 1), this.queryParams);
      return Object.fromEntries([...path, ...query]) as Record<string, string>;
    } catch (error) {
      if (error instanceof URIError) return undefined;
      throw error;
    }
  }

  /**
   * The URI in which these values stand: `match` gives them back.
   *
   * Throws a TypeError for values that no URI of this template can carry.
   */
  expand(values: Readonly<Record<string, unknown>>): string {
    const texts = this.#texts(values);
    // Where values could not be told from the text around them, every letter of them is encoded.
    for (const encode of [encodeReserved, encodeAll]) {
      const uri = this.#fill(texts, encode);
      const found = new Map(Object.entries(this.match(uri) ?? {}));
      if (found.size === texts.size && [...texts].every(([name, text]) => found.get(name) === text))
        return uri;
    }
    throw new TypeError(`The values cannot be told apart in '${this.text}'`);
  }

  #texts(values: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
    const given = new Map(Object.entries(values));
    const texts = new Map<string, string>();
    for (const name of [...this.pathParams, ...this.queryParams]) {
      const text = textOf(given.get(name), `{${name}} of '${this.text}'`);
      if (text !== undefined) texts.set(name, text);
    }
    const missing = this.pathParams.find((name) => !texts.get(name));
    if (missing !== undefined) throw new TypeError(`{${missing}} of '${this.text}' needs a value`);
    return texts;
  }

  #fill(texts: ReadonlyMap<string, string>, encode: (text: string) => string): string {
    const path = this.#path.map((part) => {
      if (part.is === 'text') return part.text;
      const text = texts.get(part.name) ?? '';
      return part.spans && encode === encodeReserved ? text.split('/').map(encode).join('/') : encode(text);
    });
    const query = this.queryParams.flatMap((name) => {
      const text = texts.get(name);
      return text === undefined ? [] : [`${name}=${encode(text)}`];
    });
    return path.join('') + (query.length > 0 ? `?${query.join('&')}` : '');
  }
}

/** The first value of each name that is asked for; the query is properly encoded as a whole, or throws a URIError. */
function readPairs(query: string, names: readonly string[]): readonly (readonly [string, string])[] {
  if (query.includes('#')) throw new URIError('a query ends before the fragment');
  decodeURIComponent(query);
  const found = new Map<string, string>();
  for (const pair of query.split('&')) {
    const mark = pair.indexOf('=');
    const name = mark < 0 ? pair : pair.slice(0, mark);
    const key = name.includes('%') ? decodeURIComponent(name) : name;
    if (!names.includes(key) || found.has(key)) continue;
    found.set(key, mark < 0 ? '' : decodeURIComponent(pair.slice(mark + 1).replaceAll('+', ' ')));
  }
  return [...found];
}

function textOf(value: unknown, what: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'object' || typeof value === 'function' || typeof value === 'symbol')
    throw new TypeError(`${what} takes text, a number or a boolean`);
  const text = String(value);
  if (/\p{Surrogate}/u.test(text)) throw new TypeError(`${what} has half a character in it`);
  return text;
}

/** Everything but what RFC 3986 calls unreserved. */
function encodeReserved(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, encodeAll);
}

function encodeAll(text: string): string {
  return Buffer.from(text)
    .toString('hex')
    .replace(/../g, (byte) => `%${byte.toUpperCase()}`);
}
