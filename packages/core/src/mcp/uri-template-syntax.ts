/** What is wrong with the text of a template. */
export class UriTemplateSyntax extends Error {
  override readonly name = 'UriTemplateSyntax';

  constructor(template: string, problem: string) {
    super(`the template '${template}' ${problem}`);
  }
}

/** A piece of a template's path: text as it stands, or a parameter of one segment or of several. */
export type TemplatePart =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'parameter'; readonly name: string; readonly spans: boolean };

/** A template, read. */
export interface TemplateSyntax {
  /** Begins with text; two parameters always have text between them. */
  readonly path: readonly TemplatePart[];
  /** The names in `{?…}`; undefined where there is none. */
  readonly query: readonly string[] | undefined;
}

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const PIECE = /\{[^{}]*\}|[^{}]+|[{}]/g;
const NAME = /^[a-z_][a-z0-9_]*$/i;
const OPERATORS = '+#./;&=,!@|';
const NOT_IN_A_URI = /[\s"<>\\^`|\x00-\x1f\x7f]/;

/**
 * Reads the text of a template: `{name}`, `{name*}` and, at the end, `{?name,name}`.
 *
 * Throws UriTemplateSyntax for everything else in braces.
 */
export function readTemplate(template: string): TemplateSyntax {
  const fail = (problem: string): never => {
    throw new UriTemplateSyntax(template, problem);
  };
  if (!SCHEME.test(template)) fail(`has no scheme: begin it with one, as in 'data://${template}'`);
  const path: TemplatePart[] = [];
  let query: readonly string[] | undefined;
  for (const [piece] of template.matchAll(PIECE)) {
    if (query) fail('goes on after {?…}, which must be its end');
    if (piece.startsWith('{?') && piece.endsWith('}')) query = readQuery(piece, fail);
    else path.push(readPart(piece, path.at(-1), fail));
  }
  checkNames(path, query, fail);
  return { path, query };
}

type Fail = (problem: string) => never;

function readPart(piece: string, before: TemplatePart | undefined, fail: Fail): TemplatePart {
  if (piece === '{' || piece === '}') return fail(`has a '${piece}' without its counterpart`);
  if (!piece.startsWith('{')) {
    const [odd] = NOT_IN_A_URI.exec(piece) ?? [];
    if (odd !== undefined) fail(`has ${JSON.stringify(odd)} in it, which no URI can have`);
    return { is: 'text', text: piece };
  }
  const spans = piece.endsWith('*}');
  const name = piece.slice(1, spans ? -2 : -1);
  checkName(name, piece, fail);
  if (before?.is === 'parameter')
    fail(`has {${before.name}} and ${piece} side by side: put text between them`);
  return { is: 'parameter', name, spans };
}

function readQuery(piece: string, fail: Fail): readonly string[] {
  const names = piece.slice(2, -1).split(',');
  for (const name of names) checkName(name, piece, fail);
  return names;
}

function checkName(name: string, piece: string, fail: Fail): void {
  if (NAME.test(name)) return;
  if (name === '') fail(`has no name in ${piece}`);
  if (OPERATORS.includes(name.charAt(0)))
    fail(`has the operator '${name.charAt(0)}' in ${piece}: only {name}, {name*} and {?name} are known`);
  if (name.includes(',')) fail(`has several names in ${piece}: give each its own braces`);
  fail(`has the name '${name}' in ${piece}: use letters, digits and _, and no digit first`);
}

function checkNames(
  path: readonly TemplatePart[],
  query: readonly string[] | undefined,
  fail: Fail,
): undefined {
  const names = path.flatMap((part) => (part.is === 'parameter' ? [part.name] : []));
  for (const list of [names, query ?? []]) {
    const twice = list.find((name, i) => list.indexOf(name) !== i);
    if (twice !== undefined) fail(`names {${twice}} twice`);
  }
  if (query && path.some((part) => part.is === 'text' && part.text.includes('?')))
    fail("has a '?' of its own before {?…}: name all of the query in {?…}");
}
