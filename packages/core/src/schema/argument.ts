import 'reflect-metadata';
import { compileSchema } from './compile.js';
import type { ClassOf, CompiledSchema, JsonSchema, SchemaSource, Validation } from './schema.js';

/** One plain parameter of a method, as an argument of a call. */
export interface ParameterSpec {
  readonly name: string;
  readonly type: 'string' | 'number' | 'integer' | 'boolean' | undefined;
  /** A call may leave it out. */
  readonly optional: boolean;
  /** What the method takes where it is left out; published only. */
  readonly default?: { readonly value: unknown };
  readonly description?: string;
  /** Decorators of class-validator the value has to pass. */
  readonly validators: readonly PropertyDecorator[];
  readonly schema?: SchemaSource;
}

/** An argument made ready: what is published of it, its own quick check, and the schema behind that, if there is one. */
export interface Argument {
  readonly name: string;
  readonly optional: boolean;
  readonly json: JsonSchema;
  /** What a value of the wrong kind is told; undefined if the kind is right. */
  readonly wrongKind: (value: unknown) => string | undefined;
  /** Checks the value, wrapped as `{ [name]: value }` where `wrapped`. */
  readonly schema: CompiledSchema | undefined;
  readonly wrapped: boolean;
}

const DESIGN_TYPES = { string: String, number: Number, integer: Number, boolean: Boolean };

/** Compiles one argument. */
export function compileArgument(spec: ParameterSpec, where: string): Argument {
  const { name, optional, type } = spec;
  const wrapped = spec.schema === undefined && spec.validators.length > 0;
  const source = spec.schema ?? (wrapped ? fieldClass(spec) : undefined);
  const schema = source && compileSchema(source, `"${name}" of ${where}`);
  const published = wrapped ? memberJson(schema?.json, name) : (schema?.json ?? { type });
  return {
    name,
    optional,
    wrapped,
    schema,
    wrongKind: kindCheck(type),
    json: {
      ...(published.type === undefined && type ? { type } : {}),
      ...published,
      ...(spec.description !== undefined && { description: spec.description }),
      ...(spec.default && { default: spec.default.value }),
    },
  };
}

/** Checks the value of an argument that has a schema behind it. */
export function validateArgument(argument: Argument, value: unknown): Validation | Promise<Validation> {
  const { schema, wrapped, name } = argument;
  if (!schema) return { ok: true, value };
  const checked = schema.validate(wrapped ? { [name]: value } : value);
  return checked instanceof Promise
    ? checked.then((settled) => placed(argument, settled))
    : placed(argument, checked);
}

function placed({ wrapped, name }: Argument, checked: Validation): Validation {
  if (checked.ok)
    return wrapped ? { ok: true, value: (checked.value as Record<string, unknown>)[name] } : checked;
  return wrapped
    ? checked
    : { ok: false, issues: checked.issues.map((issue) => ({ ...issue, path: [name, ...issue.path] })) };
}

/** A class with one field, so that validators meant for fields can stand on a parameter. */
function fieldClass({ name, type, validators }: ParameterSpec): ClassOf {
  class Field {}
  if (type) Reflect.defineMetadata('design:type', DESIGN_TYPES[type], Field.prototype, name);
  for (const decorate of validators) decorate(Field.prototype, name);
  return Field;
}

function memberJson(json: JsonSchema | undefined, name: string): JsonSchema {
  return (json?.properties as Record<string, JsonSchema> | undefined)?.[name] ?? {};
}

function kindCheck(type: ParameterSpec['type']): Argument['wrongKind'] {
  switch (type) {
    case undefined:
      return () => undefined;
    case 'integer':
      return (value) => (Number.isInteger(value) ? undefined : 'must be an integer number');
    case 'number':
      return (value) =>
        typeof value === 'number' && Number.isFinite(value) ? undefined : 'must be a number';
    case 'boolean':
      return (value) => (typeof value === 'boolean' ? undefined : 'must be a boolean value');
    case 'string':
      return (value) => (typeof value === 'string' ? undefined : 'must be a string');
  }
}
