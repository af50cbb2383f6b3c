import { readLiteral } from './literal.js';
import { closingBracket, findInCode, withoutComments } from './scan-source.js';

/** What the source text says of one parameter. */
export interface ParameterText {
  /** Undefined where the parameter is taken apart: `{ city }`. */
  readonly name: string | undefined;
  readonly rest: boolean;
  readonly hasDefault: boolean;
  /** The default, where it is written as a literal. */
  readonly default?: { readonly value: unknown };
}

/** Reads the parameters of the method whose text begins at `start`; undefined if no method does. */
export function readParameters(text: string, start: number): readonly ParameterText[] | undefined {
  const open = openingParenthesis(text, start);
  if (open === undefined) return undefined;
  const close = closingBracket(text, open);
  if (!withoutComments(text.slice(close + 1, findInCode(text, close + 1, '{') + 1)).startsWith('{'))
    return undefined;
  const parameters: ParameterText[] = [];
  for (let at = open + 1; at < close;) {
    const comma = findInCode(text, at, ',)');
    const code = withoutComments(text.slice(at, comma));
    if (code !== '') parameters.push(readParameter(code));
    at = comma + 1;
  }
  return parameters;
}

/** Behind the name, which may be computed: `async *[names['a(b)']](`. */
function openingParenthesis(text: string, start: number): number | undefined {
  const open = findInCode(text, start, '({;');
  return open !== -1 && text[open] === '(' ? open : undefined;
}

function readParameter(code: string): ParameterText {
  const rest = code.startsWith('...');
  const equals = findInCode(code, 0, '=');
  const target = (equals === -1 ? code : code.slice(0, equals)).replace('...', '').trim();
  const literal = equals === -1 ? undefined : readLiteral(code.slice(equals + 1));
  return {
    name: /^[[{]/.test(target) ? undefined : target,
    rest,
    hasDefault: equals !== -1,
    ...(literal && { default: literal }),
  };
}
