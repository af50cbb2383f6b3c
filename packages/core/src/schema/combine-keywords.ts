import type { JsonType } from './keywords.js';
import type { JsonSchema } from './schema.js';

/** Combines what several validators say of one value, so that all of it holds. */
export function combineKeywords(schemas: readonly JsonSchema[]): JsonSchema {
  const combined: Record<string, unknown> = {};
  for (const schema of schemas) {
    for (const [keyword, value] of Object.entries(schema)) add(combined, keyword, value);
  }
  return combined;
}

/** The types that all of several lists admit; undefined if none of them says anything. */
export function combineTypes(lists: readonly (readonly JsonType[])[]): readonly JsonType[] | undefined {
  const [first, ...others] = lists;
  return first && others.reduce<readonly JsonType[]>(intersect, first);
}

const LEAST: ReadonlySet<string> = new Set([
  'minimum',
  'exclusiveMinimum',
  'minLength',
  'minItems',
  'minProperties',
]);
const MOST: ReadonlySet<string> = new Set(['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems']);

function add(combined: Record<string, unknown>, keyword: string, value: unknown): void {
  const known = combined[keyword];
  if (known === undefined || known === value) combined[keyword] = value;
  else if (LEAST.has(keyword)) combined[keyword] = Math.max(Number(known), Number(value));
  else if (MOST.has(keyword)) combined[keyword] = Math.min(Number(known), Number(value));
  else
    combined['allOf'] = [
      ...((combined['allOf'] as readonly JsonSchema[] | undefined) ?? []),
      { [keyword]: value },
    ];
}

function intersect(left: readonly JsonType[], right: readonly JsonType[]): readonly JsonType[] {
  if (left.length === 1 && right.length === 1 && left[0] === right[0]) return left;
  const common = left.flatMap((type): JsonType[] => {
    if (right.includes(type)) return [type];
    if (type === 'number' && right.includes('integer')) return ['integer'];
    return type === 'integer' && right.includes('number') ? ['integer'] : [];
  });
  return [...new Set(common)];
}
