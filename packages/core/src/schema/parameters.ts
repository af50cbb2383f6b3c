import type { ClassSchema } from './class-schema.js';
import { compileSchema } from './compile.js';
import { gatherIssues } from './gather-issues.js';
import { isObject, MUST_BE_OBJECT, TYPE_GUARDS, type Guard } from './guards.js';
import { parameterJson } from './parameter-json.js';
import type { ParameterSpec } from './parameter-spec.js';
import type { CompiledSchema, Issue, JsonSchema, Validation } from './schema.js';
import { unknownIssue } from './shape-issues.js';
import { compileValidated } from './validated-parameters.js';

export type { ParameterSpec } from './parameter-spec.js';

/** The arguments of a call by the names of the parameters. */
export type Arguments = Readonly<Record<string, unknown>>;

/**
 * Makes the plain parameters of a method one object schema.
 *
 * What passes is the object that was given, unless a parameter's schema makes something else of its value.
 *
 * @throws {FrameworkError} ERR_SCHEMA_TYPE
 */
export function compileParameters(specs: readonly ParameterSpec[], where: string): CompiledSchema<Arguments> {
  const validated = compileValidated(specs, where);
  return new ParametersSchema(
    specs.map((spec) => compileParameter(spec, validated, where)),
    validated,
  );
}

/** One parameter made ready. */
interface Parameter {
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

function compileParameter(spec: ParameterSpec, validated: ClassSchema | undefined, where: string): Parameter {
  const { name } = spec;
  const schema = spec.schema && compileSchema(spec.schema, `"${name}" (${where})`);
  const nullable = validated?.tree.root.byKey.get(name)?.optional ?? false;
  return {
    name,
    required: !spec.optional && !spec.default && !nullable,
    nullable,
    inherited: name in Object.prototype,
    guard: spec.type && TYPE_GUARDS[spec.type],
    schema,
    json: parameterJson(spec, schema, validated),
  };
}

class ParametersSchema implements CompiledSchema<Arguments> {
  readonly json: JsonSchema;
  readonly #parameters: readonly Parameter[];
  readonly #validated: ClassSchema | undefined;
  /** Whether every value passes as it is or not at all. */
  readonly #plain: boolean;

  constructor(parameters: readonly Parameter[], validated: ClassSchema | undefined) {
    const required = parameters.filter((parameter) => parameter.required).map((parameter) => parameter.name);
    const definitions = validated?.json['$defs'];
    this.json = {
      type: 'object',
      properties: Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter.json])),
      ...(required.length > 0 && { required }),
      additionalProperties: false,
      ...(definitions !== undefined && { $defs: definitions }),
    };
    this.#parameters = parameters;
    this.#validated = validated;
    this.#plain = !validated?.changes && parameters.every((parameter) => parameter.schema === undefined);
  }

  validate(value: unknown): Validation<Arguments> | Promise<Validation<Arguments>> {
    if (!isObject(value)) return { ok: false, issues: [{ path: [], message: MUST_BE_OBJECT.message }] };
    const fits = this.#fits(value);
    if (fits && this.#plain && (this.#validated === undefined || this.#validated.accepts(value)))
      return { ok: true, value };
    return this.#convert(value, fits ? [] : this.#shapeIssues(value));
  }

  #fits(args: Arguments): boolean {
    let present = 0;
    for (const parameter of this.#parameters) {
      const value = valueOf(args, parameter);
      if (value === undefined) {
        if (parameter.required) return false;
        if (!Object.hasOwn(args, parameter.name)) continue;
      } else if (!isOfType(value, parameter)) return false;
      present++;
    }
    for (const _name in args) present--;
    return present === 0;
  }

  /** Asks the validators and the schemas of single parameters; what they make of the values is put into a copy. */
  #convert(args: Arguments, shape: readonly Issue[]): Validation<Arguments> | Promise<Validation<Arguments>> {
    const parts: (Part | Promise<Part>)[] = [];
    const take = (result: Validation | Promise<Validation>, toPart: (result: Validation) => Part): void => {
      parts.push(result instanceof Promise ? result.then(toPart) : toPart(result));
    };
    if (this.#validated)
      take(this.#validated.validate(this.#known(args)), (result) => partOfAll(result, args));
    for (const parameter of this.#parameters) {
      const value = valueOf(args, parameter);
      if (parameter.schema && value !== undefined)
        take(parameter.schema.validate(value), (result) => partOfOne(result, parameter.name));
    }
    const conclude = (done: readonly Part[]): Validation<Arguments> => {
      const issues = gatherIssues({ shape, told: done.flatMap((part) => part.issues), content: [] });
      return issues.length > 0
        ? { ok: false, issues }
        : { ok: true, value: Object.assign({}, args, ...done.map((part) => part.values)) as Arguments };
    };
    return parts.some((part) => part instanceof Promise)
      ? Promise.all(parts).then(conclude)
      : conclude(parts as Part[]);
  }

  #known(args: Arguments): Arguments {
    const known = this.#parameters.filter((parameter) => valueOf(args, parameter) !== undefined);
    return Object.fromEntries(known.map(({ name }) => [name, args[name]]));
  }

  #shapeIssues(args: Arguments): readonly Issue[] {
    const names = new Set(this.#parameters.map((parameter) => parameter.name));
    const unknown = Object.keys(args).filter((name) => !names.has(name));
    const wrong = this.#parameters.flatMap((parameter): Issue[] => {
      const value = valueOf(args, parameter);
      if (value === undefined)
        return parameter.required ? [{ path: [parameter.name], message: 'is required' }] : [];
      return parameter.guard && !isOfType(value, parameter)
        ? [{ path: [parameter.name], message: parameter.guard.message }]
        : [];
    });
    return [...unknown.map((name) => unknownIssue([], name)), ...wrong];
  }
}

/** What one check makes of the values it checks, or what is wrong with them. */
interface Part {
  readonly issues: readonly Issue[];
  readonly values: Arguments;
}

function partOfAll(result: Validation, args: Arguments): Part {
  if (!result.ok) return { issues: result.issues, values: {} };
  const made = Object.entries(result.value as Arguments).filter(([name]) => args[name] !== undefined);
  return { issues: [], values: Object.fromEntries(made) };
}

function partOfOne(result: Validation, name: string): Part {
  if (result.ok) return { issues: [], values: { [name]: result.value } };
  return {
    issues: result.issues.map(({ path, message }) => ({ path: [name, ...path], message })),
    values: {},
  };
}

function valueOf(args: Arguments, { name, inherited }: Parameter): unknown {
  return inherited && !Object.hasOwn(args, name) ? undefined : args[name];
}

function isOfType(value: unknown, { guard, nullable }: Parameter): boolean {
  return guard === undefined || guard.admits(value) || (nullable && value === null);
}
