import { isObject } from './guards.js';
import type { JsonSchema, TypedJsonSchema } from './schema.js';

/**
 * A JSON Schema of draft 2020-12 with the type of what it describes: `jsonSchema<Query>({ type: 'object', … })`.
 *
 * It is published word for word. Where no type is asked for, the schema itself will do: `@Arg('query', { schema: { … } })`.
 */
export function jsonSchema<T = unknown>(schema: object): TypedJsonSchema<T> {
  return { '~jsonSchema': schema as JsonSchema };
}

/** The JSON Schema an author wrote by hand, with or without its type; undefined for every other kind of schema. */
export function writtenSchemaOf(source: unknown): JsonSchema | undefined {
  if (!isObject(source) || '~standard' in source) return undefined;
  const typed = source['~jsonSchema'];
  if (isObject(typed)) return typed;
  const prototype: unknown = Object.getPrototypeOf(source);
  return prototype === Object.prototype || prototype === null ? source : undefined;
}
