import { FrameworkError } from '../errors/framework-error.js';
import { carriedAs } from './carried-as.js';
import { compileClass, type ClassSchema } from './class-schema.js';
import { compileStandardSchema } from './compile-standard-schema.js';
import { isClassInGroups } from './in-groups.js';
import { writtenSchemaOf } from './json-schema.js';
import type { ConcreteClass } from './plan.js';
import { refuseLostDocs } from './refuse-lost-docs.js';
import type { CompiledSchema, Direction, SchemaSource, Validation } from './schema.js';
import { isStandardSchema } from './standard-schema.js';
import { compileWrittenSchema } from './written-schema.js';

/**
 * Makes a schema ready, whatever the author wrote it with; `where` names the place for error texts.
 *
 * @throws {FrameworkError} ERR_SCHEMA_TYPE, ERR_BUILD_LOST, or what is wrong with a JSON Schema
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
    return authorsClass({ cls: source['~class'], groups: source['~groups'] }, where, direction);
  if (typeof source === 'function' && source.prototype)
    return authorsClass({ cls: source }, where, direction);
  const written = writtenSchemaOf(source);
  if (written) return compileWrittenSchema(written, where);
  throw new FrameworkError('ERR_SCHEMA_TYPE', {
    where,
    seen: `what was given is ${describe(source)}`,
    cure: Array.isArray(source)
      ? cureOfList(source, direction)
      : 'Give a class with class-validator decorators, a Standard Schema, or a JSON Schema.',
  });
}

/** `[Item]` is how some libraries write a list of items. */
function cureOfList([item]: readonly unknown[], direction: Direction): string {
  const name = typeof item === 'function' && item.name ? item.name : 'Item';
  const schema =
    direction === 'output' ? 'z.array(z.object({ … }))' : 'z.object({ items: z.array(z.object({ … })) })';
  return `Put the list into a field of a class, @ValidateNested({ each: true }) @Type(() => ${name}) items!: ${name}[], or give a Standard Schema, ${schema}, or a JSON Schema.`;
}

function describe(source: unknown): string {
  if (source === undefined) return 'undefined, as in an import cycle';
  if (typeof source === 'function') return 'a function, and no class';
  if (typeof source !== 'object' || source === null) return String(source);
  return Array.isArray(source) ? 'a list' : `an instance of ${source.constructor.name}`;
}

/** Fields that only come back need no description: the model reads what they hold. */
function authorsClass(
  { cls: given, groups = [] }: { readonly cls: unknown; readonly groups?: readonly string[] },
  where: string,
  direction: Direction,
): CompiledSchema {
  const cls = given as ConcreteClass;
  refuseBuiltIn(cls, where);
  const schema = compileClass(cls, where, { groups, direction });
  if (direction === 'output') return asReturned(schema);
  for (const plan of schema.tree.all) refuseLostDocs(plan);
  return schema;
}

/** A result is checked as class-transformer shows it: nothing more is made of it. */
function asReturned(schema: ClassSchema): CompiledSchema {
  return {
    json: schema.json,
    validate(value) {
      const kept = (checked: Validation): Validation => (checked.ok ? { ok: true, value } : checked);
      const checked = schema.validate(value);
      return checked instanceof Promise ? checked.then(kept) : kept(checked);
    },
  };
}

/** Types of the language, which no decorator says anything about. */
function refuseBuiltIn(type: ConcreteClass, where: string): void {
  const instead = carriedAs(type);
  if (instead !== undefined) {
    throw new FrameworkError('ERR_SCHEMA_TYPE', {
      where,
      seen: `JSON has no ${type.name}`,
      cure: `Describe ${instead}, and make the one of the other in the method.`,
    });
  }
  if (!UNSAID.has(type)) return;
  throw new FrameworkError('ERR_SCHEMA_TYPE', {
    where,
    seen: `${type.name} does not say enough`,
    cure: 'Give a class with class-validator decorators, or a Standard Schema, such as z.string() or z.array(z.number()).',
  });
}

const UNSAID: ReadonlySet<unknown> = new Set([Object, Array, Function, String, Number, Boolean, Promise]);
