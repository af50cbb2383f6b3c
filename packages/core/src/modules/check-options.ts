import type { Mistakes } from '../errors/mistakes.js';
import type { OptionShapes } from '../records/option-shape.js';
import { nearest } from './nearest.js';

/** What options are checked by, and where their mistakes are noted. */
export interface CheckBy {
  readonly shapes: OptionShapes;
  readonly mistakes: Mistakes;
}

/**
 * Notes every option nobody knows, and every value that is not what its option takes; the rest is returned.
 *
 * A misspelt option is returned as the one that was probably meant: what is wrong behind it is told as well, and nothing is
 * told to be missing that it gives.
 */
export function checkOptions<O extends object>(owner: string, options: O, by: CheckBy): O {
  const known = Object.keys(by.shapes);
  const meant: [string, unknown][] = [];
  for (const [option, value] of Object.entries(options) as [string, unknown][]) {
    if (known.includes(option)) continue;
    const close = nearest(option, known);
    const suggestion = close ? `Did you mean "${close}"?` : `The options are ${known.join(', ')}.`;
    by.mistakes.add('ERR_OPTION_UNKNOWN', { owner, option, suggestion });
    if (close) meant.push([close, value]);
  }
  const read = meant.length === 0 ? options : { ...(Object.fromEntries(meant) as O), ...options };
  return checkValues(owner, read, by);
}

/** The same for options that somebody has to give, or may leave out altogether. */
export function checkGiven(owner: string, options: unknown, by: CheckBy): void {
  const left = Object.entries(by.shapes).flatMap(([option, { demanded }]) =>
    demanded ? [[option, undefined] as const] : [],
  );
  checkOptions(owner, { ...Object.fromEntries(left), ...(options as object | undefined) }, by);
}

/** The options of a method's decorator, without those that are refused. */
export function admitted<O extends object>(
  { decorator, label }: { readonly decorator: string; readonly label: string },
  options: O,
  by: CheckBy,
): O {
  return checkOptions(`${decorator} of ${label}`, options, by);
}

/** Notes every value that is not what its option takes; the rest is returned. */
export function checkValues<O extends object>(owner: string, options: O, { shapes, mistakes }: CheckBy): O {
  const refused = Object.entries(options).flatMap(([option, value]: [string, unknown]) => {
    const shape = Object.hasOwn(shapes, option) ? shapes[option] : undefined;
    if (!shape || (value === undefined && !shape.demanded)) return [];
    if (!shape.admits(value)) {
      const { expected } = shape;
      mistakes.add('ERR_OPTION_VALUE', { owner, option, seen: seenValue(value), expected });
      return [option];
    }
    if (shape.inside)
      checkOptions(`"${option}" of ${owner}`, value as object, { shapes: shape.inside, mistakes });
    return [];
  });
  if (refused.length === 0) return options;
  return Object.fromEntries(Object.entries(options).filter(([option]) => !refused.includes(option))) as O;
}

/** A value as an error text shows it, cut where it is long. */
function seenValue(value: unknown): string {
  if (typeof value === 'function') return value.name || 'a function';
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40));
  if (typeof value !== 'object' || value === null) return String(value);
  return Array.isArray(value) ? `a list of ${value.length}` : 'an object';
}
