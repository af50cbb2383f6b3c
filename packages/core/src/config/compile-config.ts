import { FrameworkError } from '../errors/framework-error.js';
import { fieldType } from '../metadata/design-types.js';
import { registry } from '../metadata/registry.js';
import { ENV, SECRET } from '../records/config-record.js';
import type { ParameterSpec } from '../schema/argument.js';
import { compileClass } from '../schema/class-schema.js';
import { fromStrings } from '../schema/coercion.js';
import { compileParameters } from '../schema/parameters.js';
import { validatorsOf } from '../schema/peer-libraries.js';
import type { CompiledSchema, JsonSchema } from '../schema/schema.js';
import { configField, type ConfigField } from './config-field.js';

/** A class whose fields are read from the environment. */
export type ConfigClass<T extends object = object> = new () => T;

/** Some fields of a config, and the check that makes values of their texts. */
export interface ConfigPart {
  readonly fields: readonly ConfigField[];
  readonly schema: CompiledSchema;
}

/** A config class made ready. */
export interface CompiledConfig {
  readonly cls: ConfigClass;
  /** The fields with validators; what passes is an instance of the class. */
  readonly validated: ConfigPart | undefined;
  /** Those that have only a type. */
  readonly typed: ConfigPart | undefined;
}

/**
 * Reads what the decorators of a config class say.
 *
 * @throws {FrameworkError} ERR_CONFIG_CLASS, ERR_SCHEMA_TYPE
 */
export function compileConfig(cls: ConfigClass): CompiledConfig {
  const validated = validatedPart(cls);
  const typed = typedPart(cls, new Set(validated?.fields.map(({ property }) => property)));
  if (validated ?? typed) return { cls, validated, typed };
  throw new FrameworkError('ERR_CONFIG_CLASS', {
    where: cls.name,
    problem: 'none of its fields has a decorator',
    cure: 'Put @Env() above the fields that are read, or decorators of class-validator, as in @IsInt() port = 8000.',
  });
}

function validatedPart(cls: ConfigClass): ConfigPart | undefined {
  if (validatorsOf(cls).length === 0) return undefined;
  const schema = compileClass(cls, `the config ${cls.name}`);
  const said = schema.json.properties as Readonly<Record<string, JsonSchema>>;
  const fields = schema.tree.root.fields.map(({ property, key }) =>
    configField(cls, { property, key, list: said[key]?.type === 'array' }),
  );
  return { fields, schema: fromStrings(schema) };
}

/** The fields with @Env or @Secret that no validator stands on. */
function typedPart(cls: ConfigClass, validated: ReadonlySet<string>): ConfigPart | undefined {
  const marked = [...registry.inherited(ENV, cls), ...registry.inherited(SECRET, cls)];
  const names = [...new Set(marked.flatMap(({ method }) => method ?? []))].filter(
    (name) => !validated.has(name),
  );
  if (names.length === 0) return undefined;
  const fresh = new cls() as Readonly<Record<string, unknown>>;
  const specs = names.map((name): ParameterSpec => {
    const initial = fresh[name];
    return { name, type: plainType(cls, name, initial), optional: initial !== undefined, validators: [] };
  });
  return {
    fields: names.map((property) => configField(cls, { property, key: property, list: false })),
    schema: fromStrings(compileParameters(specs, `the config ${cls.name}`)),
  };
}

function plainType(cls: ConfigClass, field: string, initial: unknown): ParameterSpec['type'] {
  const type = PLAIN.get(fieldType(cls, field)) ?? PLAIN.get((initial as object | undefined)?.constructor);
  if (type) return type;
  throw new FrameworkError('ERR_CONFIG_CLASS', {
    where: `${cls.name}.${field}`,
    problem: 'its type is no string, number or boolean, and no validator says what it is',
    cure: "Put decorators of class-validator above it, as in @IsIn(['a', 'b']) or @IsString({ each: true }).",
  });
}

const PLAIN = new Map<unknown, 'string' | 'number' | 'boolean'>([
  [String, 'string'],
  [Number, 'number'],
  [Boolean, 'boolean'],
]);
