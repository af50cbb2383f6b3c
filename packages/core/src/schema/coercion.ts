import { compileCoercion, type Coerce } from './coerce-value.js';
import { readText, TRUE_AND_FALSE, WORDS, type BooleanWords } from './read-text.js';
import type { CompiledSchema, Validation } from './schema.js';

/**
 * A schema that forgives what models do: numbers, true and false, arrays and objects sent as strings.
 *
 * The strict check comes first. Only what it refuses is read once more, and only where the published schema declares such a
 * type and no string; then it is checked again. What is still wrong is told of the second reading, if that changed anything.
 */
export function withCoercion<T>(schema: CompiledSchema<T>): CompiledSchema<T> {
  return new CoercingSchema(schema, TRUE_AND_FALSE);
}

/** The same for values that are strings on the wire whatever they mean: of prompts, and in URIs. `yes`, `no`, `1` and `0` are words too. */
export function fromStrings<T>(schema: CompiledSchema<T>): CompiledSchema<T> {
  return new CoercingSchema(schema, WORDS);
}

class CoercingSchema<T> implements CompiledSchema<T> {
  readonly json: CompiledSchema<T>['json'];
  readonly #strict: CompiledSchema<T>;
  readonly #words: BooleanWords;
  /** Made for the first value that is refused: few schemas ever need it. */
  #coerce: Coerce | undefined;

  constructor(strict: CompiledSchema<T>, words: BooleanWords) {
    this.json = strict.json;
    this.#strict = strict;
    this.#words = words;
  }

  validate(value: unknown): Validation<T> | Promise<Validation<T>> {
    const first = this.#strict.validate(value);
    if (first instanceof Promise) return first.then((result) => this.#orAgain(result, value));
    return first.ok ? first : this.#orAgain(first, value);
  }

  #orAgain(first: Validation<T>, value: unknown): Validation<T> | Promise<Validation<T>> {
    if (first.ok) return first;
    this.#coerce ??= compileCoercion(this.json, (text, types) => readText(text, types, this.#words));
    const coerced = this.#coerce(value);
    return coerced === value ? first : this.#strict.validate(coerced);
  }
}
