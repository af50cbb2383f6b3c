import { mapSubschemas } from './subschemas.js';
import type { JsonSchema } from './schema.js';

/** Moves a schema into another one: references to its own root then lead to where it stands. */
export function rebaseRefs(schema: JsonSchema, pointer: string): JsonSchema {
  const { $schema: _ofTheRoot, ...moved } = schema;
  return rebase(moved, pointer);
}

function rebase(schema: JsonSchema, pointer: string): JsonSchema {
  // What has an id of its own is the root for all references in it.
  if (schema.$id !== undefined) return schema;
  const moved = mapSubschemas(schema, (each) => rebase(each, pointer));
  const { $ref } = schema;
  const local = typeof $ref === 'string' && /^#(\/|$)/.test($ref);
  return local ? { ...moved, $ref: `${pointer}${$ref.slice(1)}` } : moved;
}
