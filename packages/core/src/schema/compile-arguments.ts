import { FrameworkError } from '../errors/framework-error.js';
import { compileSchema } from './compile.js';
import { DeclaredTypes } from './declared-types.js';
import { writtenSchemaOf } from './json-schema.js';
import type { CompiledSchema, SchemaSource } from './schema.js';

/**
 * Makes the schema of all arguments ready: an object, as arguments have names.
 *
 * What a library gives as a choice of objects is published as an object too, which clients look for at the root.
 *
 * @throws {FrameworkError} ERR_SCHEMA_INVALID where it admits anything else, or what is wrong with the schema itself
 */
export function compileArguments(source: SchemaSource, where: string): CompiledSchema {
  const compiled = compileSchema(source, where);
  const { json } = compiled;
  if (json.type === 'object') return compiled;
  const [only, ...others] = new DeclaredTypes(json).of(json) ?? [];
  if (only !== 'object' || others.length > 0 || writtenSchemaOf(source))
    throw new FrameworkError('ERR_SCHEMA_INVALID', {
      where,
      problem: 'arguments have names, but it does not say that it is an object',
      cure: 'Make it an object with a member for each argument; a JSON Schema has "type": "object" at its root.',
    });
  return { json: { type: 'object', ...json }, validate: (value) => compiled.validate(value) };
}
