import type { ClassSchema } from './class-schema.js';
import { compileSchema } from './compile.js';
import { TYPE_GUARDS, type Guard } from './guards.js';
import type { PlainType } from './keywords.js';
import { toRefStep } from './local-ref.js';
import { rebaseRefs } from './rebase-refs.js';
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
    json: publish(spec, schema, spec.validators.length > 0 ? validated : undefined),
  };
}

function publish(
  spec: ParameterSpec,
  schema: CompiledSchema | undefined,
  validated: ClassSchema | undefined,
): JsonSchema {
  const given = schema ? rebaseRefs(schema.json, `#/properties/${toRefStep(spec.name)}`) : {};
  const said = validated && propertyOf(validated, spec.name);
  const { type: seen, description: told, ...keywords } = { ...given, ...said };
  const type = narrow(spec, seen, validated?.tree.root.byKey.get(spec.name)?.optional === true);
  // What validators say in words is added to the description already.
  const description = said ? told : (spec.description ?? told);
  const initial = admitsDefault(spec) ? spec.default?.value : undefined;
  return {
    ...(type !== undefined && { type }),
    ...(description !== undefined && { description }),
    ...keywords,
    ...(initial !== undefined && { default: initial }),
  };
}

function propertyOf(validated: ClassSchema, name: string): JsonSchema {
  return (validated.json.properties as Readonly<Record<string, JsonSchema>>)[name] ?? {};
}

/** The type that is published: what the schema says, as narrow as the parameter has it. */
function narrow({ type }: ParameterSpec, seen: unknown, nullable: boolean): unknown {
  if (type === 'integer' && seen === 'number') return type;
  return seen ?? (type !== undefined && nullable ? [type, 'null'] : type);
}

/** A default of another type is the method's own affair. */
function admitsDefault({ type, default: initial }: ParameterSpec): boolean {
  return initial !== undefined && (type === undefined || TYPE_GUARDS[type].admits(initial.value));
}
