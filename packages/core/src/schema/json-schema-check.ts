import { FrameworkError } from '../errors/framework-error.js';
import { followRef } from './local-ref.js';
import type { JsonSchema } from './schema.js';
import { subschemas } from './subschemas.js';

/** The dialect that is served, and the one that is meant where a schema names none. */
export const DIALECT = 'https://json-schema.org/draft/2020-12/schema';
/** How many schemas may stand in one. */
const MOST = 5_000;
/** How deep they may nest, and how many may stand in one another's place. */
const DEEPEST = 64;

/**
 * Refuses a JSON Schema that clients could not read: of another dialect, without bounds, or with references that lead outside.
 *
 * Nothing is fetched to find out.
 *
 * @throws {FrameworkError} ERR_SCHEMA_DIALECT, ERR_SCHEMA_SIZE, ERR_SCHEMA_REFERENCE
 */
export function checkJsonSchema(json: JsonSchema, where: string): void {
  new Check(json, where).run();
}

class Check {
  readonly #root: JsonSchema;
  readonly #where: string;
  /** Every schema, with the one its references begin at. */
  readonly #resources = new Map<JsonSchema, JsonSchema>();
  readonly #ids = new Map<string, JsonSchema>();
  readonly #settled = new Set<JsonSchema>();

  constructor(root: JsonSchema, where: string) {
    this.#root = root;
    this.#where = where;
  }

  run(): void {
    this.#gather(this.#root, this.#root, 0);
    for (const [schema, resource] of this.#resources) this.#references(schema, resource);
    for (const schema of this.#resources.keys()) this.#refuseLoop(schema, []);
  }

  #gather(schema: JsonSchema, outer: JsonSchema, depth: number): void {
    const where = this.#where;
    if (depth > DEEPEST)
      throw new FrameworkError('ERR_SCHEMA_SIZE', { where, limit: `schemas nested ${DEEPEST} deep` });
    if (this.#resources.size >= MOST)
      throw new FrameworkError('ERR_SCHEMA_SIZE', { where, limit: `${MOST} schemas in one` });
    const { $id, $anchor, $dynamicAnchor, $schema } = schema;
    if ($schema !== undefined && $schema !== DIALECT && $schema !== `${DIALECT}#`)
      throw new FrameworkError('ERR_SCHEMA_DIALECT', { where, seen: String($schema) });
    const resource = $id === undefined ? outer : schema;
    this.#resources.set(schema, resource);
    if (typeof $id === 'string') this.#ids.set($id.replace(/#$/, ''), schema);
    for (const anchor of [$anchor, $dynamicAnchor])
      if (typeof anchor === 'string') this.#ids.set(`#${anchor}`, schema);
    for (const each of subschemas(schema)) this.#gather(each, resource, depth + 1);
  }

  #references({ $ref, $dynamicRef }: JsonSchema, resource: JsonSchema): void {
    for (const ref of [$ref, $dynamicRef]) {
      if (ref === undefined || this.#target(ref, resource) !== undefined) continue;
      const problem = /^#/.test(String(ref)) ? 'leads to no schema in it' : 'leads outside of it';
      throw new FrameworkError('ERR_SCHEMA_REFERENCE', { where: this.#where, ref: String(ref), problem });
    }
  }

  #target(ref: unknown, resource: JsonSchema): JsonSchema | boolean | undefined {
    if (typeof ref !== 'string') return undefined;
    const named = this.#ids.get(ref);
    if (named) return named;
    const [id = '', fragment = ''] = ref.split('#');
    const root = id === '' ? resource : this.#ids.get(id);
    const target = root && followRef(root, `#${fragment}`);
    if (typeof target === 'boolean') return target;
    return this.#resources.has(target as JsonSchema) ? (target as JsonSchema) : undefined;
  }

  /** A schema that stands in its own place would be checked for ever. */
  #refuseLoop(schema: JsonSchema, around: readonly JsonSchema[]): void {
    if (this.#settled.has(schema)) return;
    const { $ref } = schema;
    const where = this.#where;
    if (around.includes(schema))
      throw new FrameworkError('ERR_SCHEMA_REFERENCE', {
        where,
        ref: String(around.findLast((each) => each.$ref !== undefined)?.$ref),
        problem: 'leads back to itself',
      });
    if (around.length > DEEPEST)
      throw new FrameworkError('ERR_SCHEMA_SIZE', { where, limit: `${DEEPEST} references in a row` });
    const target = this.#target($ref, this.#resources.get(schema) ?? this.#root);
    for (const each of [target, ...inPlace(schema)])
      if (typeof each === 'object') this.#refuseLoop(each, [...around, schema]);
    this.#settled.add(schema);
  }
}

/** The schemas that are about the same value as the one they stand in. */
function inPlace({ allOf, anyOf, oneOf, not, ...schema }: JsonSchema): readonly JsonSchema[] {
  const { if: condition, then: yes, else: no, dependentSchemas } = schema;
  const about = { allOf, anyOf, oneOf, not, if: condition, then: yes, else: no, dependentSchemas };
  return subschemas(Object.fromEntries(Object.entries(about).filter(([, each]) => each !== undefined)));
}
