import type { JsonSchema } from './schema.js';

/** Lets a schema accept null as well; an `anyOf` stands only where there is no type to add it to. */
export function admitNull(json: JsonSchema): JsonSchema {
  if ('$ref' in json || 'oneOf' in json) return { anyOf: [json, { type: 'null' }] };
  return Object.fromEntries(Object.entries(json).flatMap(([keyword, value]) => admitted(keyword, value)));
}

function admitted(keyword: string, value: unknown): readonly (readonly [string, unknown])[] {
  if (keyword === 'type') return [[keyword, withNull(Array.isArray(value) ? value : [value], 'null')]];
  if (keyword === 'enum') return [[keyword, withNull(value as readonly unknown[], null)]];
  if (keyword === 'allOf') return [[keyword, (value as readonly JsonSchema[]).map(admitNull)]];
  if (keyword !== 'not') return [[keyword, value]];
  const refused = (value as { readonly enum: readonly unknown[] }).enum.filter((each) => each !== null);
  return refused.length > 0 ? [[keyword, { enum: refused }]] : [];
}

function withNull(values: readonly unknown[], value: unknown): readonly unknown[] {
  return values.includes(value) ? values : [...values, value];
}
