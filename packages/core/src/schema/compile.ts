import { compileClass } from './class-schema.js';
import { compileStandardSchema, type Direction } from './compile-standard-schema.js';
import type { ConcreteClass } from './plan.js';
import type { CompiledSchema, SchemaSource } from './schema.js';
import { isStandardSchema } from './standard-schema.js';

/**
 * Makes a schema ready, whatever the author wrote it with; `where` names the place for error texts.
 *
 * @throws {FrameworkError} ERR_SCHEMA_TYPE
 */
export function compileSchema<T>(
  source: SchemaSource<T>,
  where: string,
  options: { readonly direction?: Direction } = {},
): CompiledSchema<T> {
  const compiled = isStandardSchema(source)
    ? compileStandardSchema(source, where, options.direction ?? 'input')
    : compileClass(source as unknown as ConcreteClass, where);
  return compiled as CompiledSchema<T>;
}
