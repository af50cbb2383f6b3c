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
export function* walkSubschemas(
  schema: unknown,
  place: Omit<Subschema, 'schema'> = { path: [], fixed: true },
): Generator<Subschema> {
  if (!isObject(schema)) return;
  yield { schema, ...place };
  const { properties } = schema;
  if (isObject(properties)) {
    for (const [name, each] of Object.entries(properties))
      yield* walkSubschemas(each, { path: [...place.path, name], fixed: place.fixed });
  }
  const elsewhere = { path: place.path, fixed: false };
  for (const keyword of BY_NAME) {
    const named = schema[keyword];
    if (isObject(named)) for (const each of Object.values(named)) yield* walkSubschemas(each, elsewhere);
  }
  for (const keyword of OTHERS) {
    const one = schema[keyword];
    if (one === undefined) continue;
    for (const each of Array.isArray(one) ? one : [one]) yield* walkSubschemas(each, elsewhere);
  }
}

/** Keywords that hold schemas by name, besides `properties`. */
const BY_NAME = ['patternProperties', 'dependentSchemas', '$defs', 'definitions'] as const;
/** Keywords that hold one schema or a list of them. What else a schema holds is data. */
const OTHERS = [
  'items',
  'prefixItems',
  'additionalItems',
  'contains',
  'additionalProperties',
  'propertyNames',
  'unevaluatedItems',
  'unevaluatedProperties',
  'oneOf',
  'anyOf',
  'allOf',
  'not',
  'if',
  'then',
  'else',
  'contentSchema',
] as const;
