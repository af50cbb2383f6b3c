import { hash } from 'node:crypto';

/** A short name for any JSON: the same for the same words, in whatever order they stand. */
export function digest(value: unknown): string {
  return digestText(canonical(value));
}

/** A short name for a text. */
export function digestText(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, 22);
}

/** JSON whose members stand in one order, whoever wrote it. */
export function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (hasJson(value)) return canonical(value.toJSON());
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const of = value as Readonly<Record<string, unknown>>;
  if (standsInOrder(of)) return JSON.stringify(of);
  const members = Object.keys(of)
    .filter((name) => of[name] !== undefined)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(of[name])}`);
  return `{${members.join(',')}}`;
}

const PLAIN: ReadonlySet<string> = new Set(['string', 'number', 'boolean']);

/** Whether plain members stand in their order already, as in most arguments: then JSON is written as it is. */
function standsInOrder(of: Readonly<Record<string, unknown>>): boolean {
  let last = '';
  for (const name in of) {
    const member = of[name];
    const isPlain = member === null || PLAIN.has(typeof member);
    if (!isPlain || name < last) return false;
    last = name;
  }
  return true;
}

function hasJson(value: object): value is { toJSON(): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}
