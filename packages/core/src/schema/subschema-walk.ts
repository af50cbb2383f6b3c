import { isObject } from './guards.js';
import type { JsonSchema } from './schema.js';

/** A schema within a schema. */
export interface Subschema {
  readonly schema: JsonSchema;
  /** The properties that lead to it, one inside the other. */
  readonly path: readonly string[];
  /** Whether nothing but properties leads to it: its value then stands in one place, or is not there. */
  readonly fixed: boolean;
}

/** Every schema within a schema, itself first. */
export function walkSubschemas(schema: unknown): readonly Subschema[] {
  const found: Subschema[] = [];
  gather(schema, { path: [], fixed: true }, found);
  return found;
}

type Place = Omit<Subschema, 'schema'>;

function gather(schema: unknown, { path, fixed }: Place, found: Subschema[]): void {
  if (!isObject(schema)) return;
  found.push({ schema, path, fixed });
  for (const keyword in schema) {
    const value = schema[keyword];
    if (keyword === 'properties' && isObject(value)) {
      for (const [name, each] of Object.entries(value)) gather(each, { path: [...path, name], fixed }, found);
    } else if (BY_NAME.has(keyword) && isObject(value)) {
      for (const each of Object.values(value)) gather(each, { path, fixed: false }, found);
    } else if (OTHERS.has(keyword)) {
      for (const each of Array.isArray(value) ? value : [value]) gather(each, { path, fixed: false }, found);
    }
  }
}

/** Keywords that hold schemas by name, besides `properties`. */
const BY_NAME: ReadonlySet<string> = new Set([
  'patternProperties',
  'dependentSchemas',
  '$defs',
  'definitions',
]);
/** Keywords that hold one schema or a list of them. What else a schema holds is data. */
const OTHERS: ReadonlySet<string> = new Set([
  ...['items', 'prefixItems', 'additionalItems', 'contains'],
  ...['additionalProperties', 'propertyNames', 'unevaluatedItems', 'unevaluatedProperties'],
  ...['oneOf', 'anyOf', 'allOf', 'not', 'if', 'then', 'else', 'contentSchema'],
]);
