import type { JsonSchema } from './schema.js';

/** What holds values, not schemas. */
const VALUES: ReadonlySet<string> = new Set(['const', 'enum', 'default', 'examples']);

/** Moves a schema into another one: references to its own root then lead to where it stands. */
export function rebaseRefs(schema: JsonSchema, pointer: string): JsonSchema {
  const { $schema: _ofTheRoot, ...moved } = schema;
  return rebase(moved, pointer) as JsonSchema;
}

function rebase(part: unknown, pointer: string): unknown {
  if (Array.isArray(part)) return part.map((each) => rebase(each, pointer));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([keyword, value]) => {
      if (keyword === '$ref' && typeof value === 'string' && /^#(\/|$)/.test(value))
        return [keyword, `${pointer}${value.slice(1)}`];
      return [keyword, VALUES.has(keyword) ? value : rebase(value, pointer)];
    }),
  );
}
