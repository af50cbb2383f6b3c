import { isObject } from './guards.js';
import type { JsonSchema } from './schema.js';

/** The schemas that stand directly in a schema; those that are only true or false are left out. */
export function subschemas(schema: JsonSchema): readonly JsonSchema[] {
  const found: JsonSchema[] = [];
  mapSubschemas(schema, (each) => {
    found.push(each);
    return each;
  });
  return found;
}

/** A schema with each schema that stands directly in it replaced. Whatever holds values is left as it is. */
export function mapSubschemas(schema: JsonSchema, map: (each: JsonSchema) => JsonSchema): JsonSchema {
  const mapAny = (value: unknown): unknown => (isObject(value) ? map(value) : value);
  const mapped = Object.entries(schema).map(([keyword, value]): readonly [string, unknown] => {
    if (ONE.has(keyword)) return [keyword, mapAny(value)];
    if (LIST.has(keyword) && Array.isArray(value)) return [keyword, value.map(mapAny)];
    if (!NAMED.has(keyword) || !isObject(value)) return [keyword, value];
    return [keyword, Object.fromEntries(Object.entries(value).map(([name, each]) => [name, mapAny(each)]))];
  });
  return Object.fromEntries(mapped);
}

/** @see https://json-schema.org/draft/2020-12/json-schema-core#section-10 */
const ONE: ReadonlySet<string> = new Set(
  'items additionalProperties not if then else contains propertyNames unevaluatedItems unevaluatedProperties contentSchema'.split(
    ' ',
  ),
);
const LIST: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const NAMED: ReadonlySet<string> = new Set([
  'properties',
  'patternProperties',
  'dependentSchemas',
  '$defs',
  'definitions',
]);
