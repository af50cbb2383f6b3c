import { compileArgument, type Argument, type ParameterSpec } from './argument.js';
import type { ClassSchema } from './class-schema.js';
import { gatherIssues } from './gather-issues.js';
import { isObject, MUST_BE_OBJECT } from './guards.js';
import type { CompiledSchema, Issue, JsonSchema, Validation } from './schema.js';
import { unknownIssues } from './shape-issues.js';
import { compileValidated } from './validated-parameters.js';

/** The arguments of a call, by name. */
export type Arguments = Readonly<Record<string, unknown>>;

/**
 * Compiles the plain parameters of a method into one object schema.
 *
 * What passes is the object that was given, unless the schema of a parameter makes something else of its value.
 *
 * @throws {FrameworkError} ERR_SCHEMA_TYPE
 */
export function compileParameters(specs: readonly ParameterSpec[], where: string): CompiledSchema<Arguments> {
  const validated = compileValidated(specs, where);
  const list = specs.map((spec) => compileArgument(spec, validated, where));
  return new ParametersSchema(list, validated);
}

class ParametersSchema implements CompiledSchema<Arguments> {
  readonly json: JsonSchema;
  readonly #list: readonly Argument[];
  readonly #validated: ClassSchema | undefined;
  /** Whether every value passes as it is or not at all. */
  readonly #asGiven: boolean;

  constructor(list: readonly Argument[], validated: ClassSchema | undefined) {
    this.json = publish(list, validated);
    this.#list = list;
    this.#validated = validated;
    this.#asGiven = !validated?.changes && list.every((argument) => argument.schema === undefined);
  }

  validate(value: unknown): Validation<Arguments> | Promise<Validation<Arguments>> {
    if (!isObject(value)) return { ok: false, issues: [{ path: [], message: MUST_BE_OBJECT.message }] };
    const fits = hasShape(value, this.#list);
    if (fits && this.#asGiven && (this.#validated?.accepts(value) ?? true)) return { ok: true, value };
    return this.#ask(value, fits ? [] : shapeIssues(value, this.#list));
  }

  /** Asks the validators and the schemas of single arguments; what they make of the values goes into a copy. */
  #ask(given: Arguments, shape: readonly Issue[]): Validation<Arguments> | Promise<Validation<Arguments>> {
    const answers = [...this.#answers(given)];
    const conclude = (parts: readonly Part[]): Validation<Arguments> => {
      const issues = gatherIssues({ shape, told: parts.flatMap((part) => part.issues), content: [] });
      if (issues.length > 0) return { ok: false, issues };
      return { ok: true, value: Object.assign({}, given, ...parts.map((part) => part.values)) as Arguments };
    };
    if (!answers.some((answer) => answer instanceof Promise)) return conclude(answers as readonly Part[]);
    return Promise.all(answers.map(async (answer) => answer)).then(conclude);
  }

  *#answers(given: Arguments): Generator<Part | Promise<Part>> {
    const present = this.#list.filter((argument) => valueOf(given, argument) !== undefined);
    if (this.#validated) {
      const known = Object.fromEntries(present.map(({ name }) => [name, given[name]]));
      yield after(this.#validated.validate(known), (result) => partOfAll(result, known));
    }
    for (const { schema, name } of present) {
      if (schema) yield after(schema.validate(given[name]), (result) => partOfOne(result, name));
    }
  }
}

function publish(list: readonly Argument[], validated: ClassSchema | undefined): JsonSchema {
  const required = list.filter((argument) => argument.required).map((argument) => argument.name);
  const definitions = validated?.json.$defs;
  return {
    type: 'object',
    properties: Object.fromEntries(list.map((argument) => [argument.name, argument.json])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
    ...(definitions !== undefined && { $defs: definitions }),
  };
}

/** Whether all required arguments are there, all of their type, and nothing else is. */
function hasShape(given: Arguments, list: readonly Argument[]): boolean {
  let present = 0;
  for (const argument of list) {
    const value = valueOf(given, argument);
    if (value === undefined) {
      if (argument.required) return false;
      if (!Object.hasOwn(given, argument.name)) continue;
    } else if (!isOfType(value, argument)) return false;
    present++;
  }
  for (const _name in given) present--;
  return present === 0;
}

function shapeIssues(given: Arguments, list: readonly Argument[]): readonly Issue[] {
  const names = new Set(list.map((argument) => argument.name));
  const unknown = Object.keys(given).filter((name) => !names.has(name));
  const wrong = list.flatMap((argument): readonly Issue[] => {
    const value = valueOf(given, argument);
    const path = [argument.name];
    if (value === undefined) return argument.required ? [{ path, message: 'is required' }] : [];
    const { guard } = argument;
    return guard && !isOfType(value, argument) ? [{ path, message: guard.message }] : [];
  });
  return [...unknownIssues([], unknown), ...wrong];
}

function valueOf(given: Arguments, { name, inherited }: Argument): unknown {
  return inherited && !Object.hasOwn(given, name) ? undefined : given[name];
}

function isOfType(value: unknown, { guard, nullable }: Argument): boolean {
  return guard === undefined || guard.admits(value) || (nullable && value === null);
}

/** What one check makes of the values it checks, or what is wrong with them. */
interface Part {
  readonly issues: readonly Issue[];
  readonly values: Arguments;
}

function after(
  result: Validation | Promise<Validation>,
  toPart: (result: Validation) => Part,
): Part | Promise<Part> {
  return result instanceof Promise ? result.then(toPart) : toPart(result);
}

function partOfAll(result: Validation, known: Arguments): Part {
  if (!result.ok) return { issues: result.issues, values: {} };
  const made = result.value as Arguments;
  return { issues: [], values: Object.fromEntries(Object.keys(known).map((name) => [name, made[name]])) };
}

function partOfOne(result: Validation, name: string): Part {
  if (result.ok) return { issues: [], values: { [name]: result.value } };
  return {
    issues: result.issues.map(({ path, message }) => ({ path: [name, ...path], message })),
    values: {},
  };
}
