import { isObject } from './guards.js';
import { DIALECT } from './json-schema-check.js';
import { followRef } from './local-ref.js';
import type { JsonSchema } from './schema.js';
import { mapSubschemas, subschemas } from './subschemas.js';

/**
 * Writes out the references of a schema that a library made: many clients do not follow them.
 *
 * What refers to itself stays a definition, and so does whatever would make the schema grow beyond measure.
 */
export function inlineRefs(schema: JsonSchema): JsonSchema {
  const { $schema, ...json } = schema;
  const root = $schema === undefined || $schema === DIALECT ? json : schema;
  return canBeInlined(root, root) ? new Inliner(root).write() : root;
}

/** How many schemas are written at most, before references stay what they are. */
const MOST = 1_000;

class Inliner {
  readonly #root: JsonSchema;
  readonly #names = new Map<JsonSchema, string>();
  #written = 0;

  constructor(root: JsonSchema) {
    this.#root = root;
  }

  write(): JsonSchema {
    const json = this.#expand(this.#root, []);
    const definitions: Record<string, JsonSchema> = {};
    // A definition may name further ones, which the loop then comes to.
    for (const [schema, name] of this.#names) definitions[name] = this.#expand(schema, []);
    return this.#names.size === 0 ? json : { ...json, $defs: definitions };
  }

  /** `around` are the schemas this one stands in. */
  #expand(schema: JsonSchema, around: readonly JsonSchema[]): JsonSchema {
    this.#written++;
    const inside = [...around, schema];
    const { $ref, $defs: _whatIsReferredTo, definitions: _older, ...own } = schema;
    const beside = mapSubschemas(own, (each) => this.#expand(each, inside));
    if ($ref === undefined) return beside;
    const target = followRef(this.#root, $ref) as JsonSchema;
    if (inside.includes(target) || this.#written > MOST)
      return { $ref: `#/$defs/${this.#nameOf(target, String($ref))}`, ...beside };
    const expanded = this.#expand(target, inside);
    const saysNothing = Object.keys(beside).every((keyword) => ANNOTATIONS.has(keyword));
    return saysNothing ? { ...expanded, ...beside } : { ...beside, allOf: [expanded, ...allOf(beside)] };
  }

  #nameOf(schema: JsonSchema, ref: string): string {
    const known = this.#names.get(schema);
    if (known !== undefined) return known;
    const wanted = ref.split('/').at(-1)?.replace(/\W/g, '') || 'Root';
    const taken = new Set(this.#names.values());
    let name = wanted;
    for (let count = 2; taken.has(name); count++) name = `${wanted}${count}`;
    this.#names.set(schema, name);
    return name;
  }
}

const ANNOTATIONS: ReadonlySet<string> = new Set(
  'title description default examples deprecated readOnly writeOnly $comment'.split(' '),
);

function allOf({ allOf: all }: JsonSchema): readonly unknown[] {
  return Array.isArray(all) ? all : [];
}

/** Names of other kinds are left to who reads them. */
function canBeInlined(schema: JsonSchema, root: JsonSchema): boolean {
  const { $ref, $id, $anchor, $dynamicAnchor, $dynamicRef } = schema;
  if ([$id, $anchor, $dynamicAnchor, $dynamicRef].some((each) => each !== undefined)) return false;
  if ($ref !== undefined && !isObject(followRef(root, $ref))) return false;
  return subschemas(schema).every((each) => canBeInlined(each, root));
}
