import { FrameworkError } from '../errors/framework-error.js';
import type { ClassSchema } from './class-schema.js';
import { combineTypes } from './combine-keywords.js';
import { compileSchema } from './compile.js';
import { TYPE_GUARDS, type Guard } from './guards.js';
import type { JsonType, PlainType } from './keywords.js';
import { toRefStep } from './local-ref.js';
import { MIRRORED } from './mirrored-arguments.js';
import { rebaseRefs } from './rebase-refs.js';
import { admits, type Rule } from './rule.js';
import type { CompiledSchema, JsonSchema, SchemaSource } from './schema.js';

/** One plain parameter of a method, as an argument of a call. */
export interface ParameterSpec {
  readonly name: string;
  readonly type: PlainType | undefined;
  /** A call may leave it out. */
  readonly optional: boolean;
  /** What the method takes where it is left out; published only. */
  readonly default?: { readonly value: unknown };
  readonly description?: string;
  /** Decorators of class-validator the value has to pass. */
  readonly validators: readonly PropertyDecorator[];
  readonly schema?: SchemaSource;
  /** The header in which clients repeat it. */
  readonly header?: string;
}

/** An argument made ready: what is published of it, its quick check, and the schema behind that, if it has one. */
export interface Argument {
  readonly name: string;
  readonly required: boolean;
  /** Null passes unchecked, as @IsOptional() says. */
  readonly nullable: boolean;
  /** The name is one that every object has anyway. */
  readonly inherited: boolean;
  readonly guard: Guard | undefined;
  readonly schema: CompiledSchema | undefined;
  readonly json: JsonSchema;
}

/**
 * Compiles one argument; what its validators say is in the schema of all that have some.
 *
 * @throws {FrameworkError} ERR_SCHEMA_TYPE
 */
export function compileArgument(
  spec: ParameterSpec,
  validated: ClassSchema | undefined,
  where: string,
): Argument {
  const { name } = spec;
  const schema = spec.schema && compileSchema(spec.schema, `"${name}" of ${where}`);
  const nullable = validated?.tree.root.byKey.get(name)?.optional ?? false;
  return {
    name,
    required: !spec.optional && !spec.default && !nullable,
    nullable,
    inherited: name in Object.prototype,
    guard: spec.type && TYPE_GUARDS[spec.type],
    schema,
    json: publish(spec, schema, { validated: spec.validators.length > 0 ? validated : undefined, where }),
  };
}

function publish(
  spec: ParameterSpec,
  schema: CompiledSchema | undefined,
  { validated, where }: { validated: ClassSchema | undefined; where: string },
): JsonSchema {
  const given = schema ? rebaseRefs(schema.json, `#/properties/${toRefStep(spec.name)}`) : {};
  const said = validated && propertyOf(validated, spec.name);
  const { type: seen, description: told, ...keywords } = { ...given, ...said };
  const field = validated?.tree.root.byKey.get(spec.name);
  const type = narrow(spec, seen, { nullable: field?.optional === true, where });
  // What validators say in words is added to the description already.
  const description = said ? told : (spec.description ?? told);
  const initial = admitsDefault(spec, field?.rules ?? []) ? spec.default?.value : undefined;
  return {
    ...(type !== undefined && { type }),
    ...(description !== undefined && { description }),
    ...keywords,
    ...(initial !== undefined && { default: initial }),
    ...(spec.header !== undefined && { [MIRRORED]: spec.header }),
  };
}

function propertyOf(validated: ClassSchema, name: string): JsonSchema {
  return (validated.json.properties as Readonly<Record<string, JsonSchema>>)[name] ?? {};
}

/** The type that is published: what both the parameter and its validators admit. */
function narrow(
  { name, type }: ParameterSpec,
  seen: unknown,
  of: { nullable: boolean; where: string },
): unknown {
  const own: readonly JsonType[] | undefined = type && (of.nullable ? [type, 'null'] : [type]);
  if (own === undefined || seen === undefined) return seen ?? (own?.length === 1 ? type : own);
  const types = combineTypes([own, (Array.isArray(seen) ? seen : [seen]) as readonly JsonType[]]) ?? [];
  if (types.every((each) => each === 'null')) {
    throw new FrameworkError('ERR_SCHEMA_TYPE', {
      where: `"${name}" of ${of.where}`,
      seen: `the parameter is a ${String(type)}, what is said of it admits ${(Array.isArray(seen) ? seen : [seen]).join(' or ')}`,
      cure: 'Change the type of the parameter, or what @Arg() says of it.',
    });
  }
  return types.length === 1 ? types[0] : types;
}

/** A default that a call could not send is the method's own affair. */
function admitsDefault({ type, default: initial }: ParameterSpec, rules: readonly Rule[]): boolean {
  if (initial === undefined || (type !== undefined && !TYPE_GUARDS[type].admits(initial.value))) return false;
  return rules.every((rule) => admits(rule, initial.value));
}
