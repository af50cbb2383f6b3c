import { DeclaredTypes } from './declared-types.js';
import { isObject } from './guards.js';
import type { JsonType } from './keywords.js';
import { followRef } from './local-ref.js';
import type { JsonSchema } from './schema.js';

/** Reads a text as one of the types declared for it, or gives the text itself. */
export type ReadAs = (text: string, types: readonly JsonType[]) => unknown;

/** A value with texts in it read as what is declared in their places; the value itself, if none of them is. */
export type Coerce = (value: unknown) => unknown;

/**
 * Prepares the reading of values by the JSON Schema that is published for them.
 *
 * A text is left alone where a text is admitted, or where nothing is said of types.
 */
export function compileCoercion(root: JsonSchema, readAs: ReadAs): Coerce {
  const coercion = new Coercion(root, new DeclaredTypes(root), readAs);
  return (value) => coercion.value(value, root, 0);
}

/** How many steps deep schemas are followed, those of references and choices counted. */
const DEEPEST = 400;

class Coercion {
  readonly #root: JsonSchema;
  readonly #types: DeclaredTypes;
  readonly #readAs: ReadAs;

  constructor(root: JsonSchema, types: DeclaredTypes, readAs: ReadAs) {
    this.#root = root;
    this.#types = types;
    this.#readAs = readAs;
  }

  /** `seen` are the schemas that have been followed for the same value: each is once. */
  value(given: unknown, schema: unknown, depth: number, seen = new Set<unknown>()): unknown {
    if (!isObject(schema) || depth > DEEPEST || seen.has(schema)) return given;
    seen.add(schema);
    const value = typeof given === 'string' ? this.#text(given, schema) : given;
    if (typeof value !== 'object' || value === null) return value;
    const inside = Array.isArray(value)
      ? this.#items(value, schema, depth)
      : this.#members(value as Readonly<Record<string, unknown>>, schema, depth);
    return this.#further(schema, inside).reduce<unknown>(
      (made, each) => this.value(made, each, depth + 1, seen),
      inside,
    );
  }

  #text(text: string, schema: JsonSchema): unknown {
    const types = this.#types.of(schema);
    return types === undefined || types.includes('string') ? text : this.#readAs(text, types);
  }

  #items(list: readonly unknown[], { prefixItems, items }: JsonSchema, depth: number): readonly unknown[] {
    const first: readonly unknown[] = Array.isArray(prefixItems) ? prefixItems : [];
    const made = list.map((item, index) =>
      this.value(item, index < first.length ? first[index] : items, depth + 1),
    );
    return made.some((item, index) => item !== list[index]) ? made : list;
  }

  #members(object: Readonly<Record<string, unknown>>, schema: JsonSchema, depth: number): object {
    const properties = isObject(schema.properties) ? schema.properties : {};
    const made = Object.entries(object).map(([key, member]) => {
      const said = Object.hasOwn(properties, key) ? properties[key] : schema.additionalProperties;
      return [key, this.value(member, said, depth + 1)] as const;
    });
    return made.some(([key, member]) => member !== object[key]) ? Object.fromEntries(made) : object;
  }

  /** The other schemas that hold for the same array or object. */
  #further({ $ref, allOf, anyOf, oneOf }: JsonSchema, value: object): readonly unknown[] {
    return [
      followRef(this.#root, $ref),
      ...(Array.isArray(allOf) ? (allOf as readonly unknown[]) : []),
      this.#chosen(anyOf, value),
      this.#chosen(oneOf, value),
    ];
  }

  /** The one branch that can be meant; undefined where there are several. */
  #chosen(branches: unknown, value: object): unknown {
    if (!Array.isArray(branches)) return undefined;
    const [only, ...others] = (branches as readonly unknown[]).filter((each) => this.#canMean(each, value));
    return others.length === 0 ? only : undefined;
  }

  #canMean(branch: unknown, value: object): boolean {
    const types = this.#types.of(branch);
    if (types && !types.includes(Array.isArray(value) ? 'array' : 'object')) return false;
    const { properties, required } = this.#resolved(branch);
    if (Array.isArray(value) || !isObject(properties)) return true;
    return Object.entries(properties).every(([key, property]) => {
      const values = valuesOf(property);
      if (!values) return true;
      if (!Object.hasOwn(value, key)) return !(Array.isArray(required) && required.includes(key));
      return values.includes(this.value((value as Record<string, unknown>)[key], property, DEEPEST));
    });
  }

  #resolved(schema: unknown): JsonSchema {
    let resolved = schema;
    for (let steps = 0; steps < 10 && isObject(resolved) && resolved.$ref !== undefined; steps++)
      resolved = followRef(this.#root, resolved.$ref);
    return isObject(resolved) ? resolved : {};
  }
}

/** The values a property may have, if they are few and plain: what tells the branches of a choice apart. */
function valuesOf(property: unknown): readonly unknown[] | undefined {
  if (!isObject(property)) return undefined;
  if ('const' in property) return [property.const];
  return Array.isArray(property.enum) ? property.enum : undefined;
}
