import { FrameworkError } from '../errors/framework-error.js';
import { compileClass } from './class-schema.js';
import { compileStandardSchema, type Direction } from './compile-standard-schema.js';
import { isClassInGroups } from './in-groups.js';
import { writtenSchemaOf } from './json-schema.js';
import type { ConcreteClass } from './plan.js';
import type { CompiledSchema, SchemaSource } from './schema.js';
import { isStandardSchema } from './standard-schema.js';
import { compileWrittenSchema } from './written-schema.js';

/**
 * Makes a schema ready, whatever the author wrote it with; `where` names the place for error texts.
 *
 * @throws {FrameworkError} ERR_SCHEMA_TYPE, or what is wrong with a JSON Schema
 */
export function compileSchema<T>(
  source: SchemaSource<T>,
  where: string,
  options: { readonly direction?: Direction } = {},
): CompiledSchema<T> {
  return compileAny(source, where, options.direction ?? 'input') as CompiledSchema<T>;
}

function compileAny(source: unknown, where: string, direction: Direction): CompiledSchema {
  if (isStandardSchema(source)) return compileStandardSchema(source, where, direction);
  if (isClassInGroups(source))
    return compileClass(source['~class'] as ConcreteClass, where, source['~groups']);
  if (typeof source === 'function') return compileClass(source as ConcreteClass, where);
  const written = writtenSchemaOf(source);
  if (written) return compileWrittenSchema(written, where);
  throw new FrameworkError('ERR_SCHEMA_TYPE', {
    where,
    seen: `what was given is ${describe(source)}`,
    cure: 'Give a class with class-validator decorators, a Standard Schema, or a JSON Schema.',
  });
}

function describe(source: unknown): string {
  if (typeof source !== 'object' || source === null) return String(source);
  return Array.isArray(source) ? 'a list' : `an instance of ${source.constructor.name}`;
}
