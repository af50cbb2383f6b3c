import type { StandardSchemaV1 } from './standard-schema.js';

/** A JSON Schema of draft 2020-12, as it is published. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** One thing that is wrong with a value: where, and what; the text never repeats the value. */
export interface Issue {
  readonly path: readonly (string | number)[];
  /** Reads on from the path: `must be an integer number`. */
  readonly message: string;
}

/** What a check found: the value as the author's code may have it, or all that is wrong with it. */
export type Validation<T = unknown> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly issues: readonly Issue[] };

/** A schema made ready at boot: what is published, and the check that goes with it. */
export interface CompiledSchema<T = unknown> {
  readonly json: JsonSchema;
  /** Returns a promise only if something in the schema is itself asynchronous. */
  validate(value: unknown): Validation<T> | Promise<Validation<T>>;
}

/** Which side of a schema is published: what it takes, or what it makes of it. */
export type Direction = 'input' | 'output';

/** Whether strings are read as the numbers, true and false, arrays and objects that are declared in their places. */
export type ValidationMode = 'lax' | 'strict';

/** A class whose fields say what a value must be. */
export type ClassOf<T = unknown> = abstract new (...args: never[]) => T;

/** A class of which only some decorators count; made by `inGroups()`. */
export interface ClassInGroups<T = unknown> {
  readonly '~class': ClassOf<T>;
  readonly '~groups': readonly string[];
}

/** A JSON Schema written by hand: it is published word for word. */
export type WrittenSchema = JsonSchema & {
  readonly '~standard'?: never;
  readonly '~jsonSchema'?: never;
  readonly '~class'?: never;
  readonly prototype?: never;
};

/** A JSON Schema written by hand, with the type of what it describes; made by `jsonSchema()`. */
export interface TypedJsonSchema<T = unknown> {
  readonly '~jsonSchema': JsonSchema;
  /** Only a type; never read. */
  readonly '~type'?: T;
}

/** What an author gives as a schema: a class with validators on its fields, a Standard Schema, or a JSON Schema. */
export type SchemaSource<T = unknown> =
  ClassOf<T> | ClassInGroups<T> | StandardSchemaV1<unknown, T> | TypedJsonSchema<T> | WrittenSchema;
