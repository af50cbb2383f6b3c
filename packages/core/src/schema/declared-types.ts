import { combineTypes } from './combine-keywords.js';
import { isObject } from './guards.js';
import type { JsonType } from './keywords.js';
import { followRef } from './local-ref.js';
import type { JsonSchema } from './schema.js';

/** The types that a JSON Schema declares for values: of its root, and of every part of it. */
export class DeclaredTypes {
  readonly #root: JsonSchema;
  readonly #known = new WeakMap<object, readonly JsonType[] | undefined>();

  constructor(root: JsonSchema) {
    this.#root = root;
  }

  /** The types one part admits; undefined where it leaves them open. */
  of(schema: unknown): readonly JsonType[] | undefined {
    if (!isObject(schema)) return undefined;
    if (this.#known.has(schema)) return this.#known.get(schema);
    // A schema that refers to itself says nothing by that.
    this.#known.set(schema, undefined);
    const types = combineTypes(this.#said(schema).filter((each) => each !== undefined));
    this.#known.set(schema, types);
    return types;
  }

  /** What each keyword says; all of them hold together. */
  #said(schema: JsonSchema): readonly (readonly JsonType[] | undefined)[] {
    const { type, allOf, anyOf, oneOf, $ref } = schema;
    return [
      type === undefined ? undefined : ((Array.isArray(type) ? type : [type]) as readonly JsonType[]),
      this.of(followRef(this.#root, $ref)),
      ...(Array.isArray(allOf) ? allOf.map((each) => this.of(each)) : []),
      this.#any(anyOf),
      this.#any(oneOf),
    ];
  }

  #any(branches: unknown): readonly JsonType[] | undefined {
    if (!Array.isArray(branches)) return undefined;
    const all = branches.map((each) => this.of(each));
    return all.every((each) => each !== undefined) ? [...new Set(all.flat())] : undefined;
  }
}
