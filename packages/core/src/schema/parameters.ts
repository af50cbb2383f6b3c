import { compileArgument, validateArgument, type Argument, type ParameterSpec } from './argument.js';
import type { CompiledSchema, Issue, JsonSchema, Validation } from './schema.js';

/** The arguments of a call, by name. */
export type Arguments = Readonly<Record<string, unknown>>;

/**
 * Compiles the plain parameters of a method into one object schema.
 *
 * @throws {FrameworkError} ERR_SCHEMA_TYPE
 */
export function compileParameters(specs: readonly ParameterSpec[], where: string): CompiledSchema<Arguments> {
  const list = specs.map((spec) => compileArgument(spec, where));
  const known = new Map(list.map((each) => [each.name, each]));
  const deep = list.filter((each) => each.schema !== undefined);
  return {
    json: publish(list),
    validate: (value) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        return { ok: false, issues: [{ path: [], message: 'must be an object' }] };
      }
      const given = value as Arguments;
      const issues = shallowIssues(given, list, known);
      return deep.length === 0 ? conclude(given, issues) : validateDeep(given, deep, issues);
    },
  };
}

function publish(list: readonly Argument[]): JsonSchema {
  const required = list.filter((each) => !each.optional).map((each) => each.name);
  return {
    type: 'object',
    properties: Object.fromEntries(list.map((each) => [each.name, each.json])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

const NONE: readonly Issue[] = [];

/** What can be seen without a schema: names that are not known, values missing or of the wrong kind. */
function shallowIssues(
  given: Arguments,
  list: readonly Argument[],
  known: ReadonlyMap<string, Argument>,
): readonly Issue[] {
  let issues: Issue[] | undefined;
  for (const name in given) {
    if (!known.has(name)) (issues ??= []).push({ path: [name], message: 'is not a known argument' });
  }
  for (const { name, optional, wrongKind } of list) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value === undefined && optional) continue;
    const message = value === undefined ? 'is required' : wrongKind(value);
    if (message !== undefined) (issues ??= []).push({ path: [name], message });
  }
  return issues ?? NONE;
}

function conclude(given: Arguments, issues: readonly Issue[]): Validation<Arguments> {
  return issues.length === 0 ? { ok: true, value: given } : { ok: false, issues };
}

/** Asks the schemas behind arguments whose kind is right; what they change goes into a copy. */
function validateDeep(
  given: Arguments,
  deep: readonly Argument[],
  issues: readonly Issue[],
): Validation<Arguments> | Promise<Validation<Arguments>> {
  const wrong = new Set(issues.map((issue) => issue.path[0]));
  const asked = deep.filter(({ name }) => given[name] !== undefined && !wrong.has(name));
  const answers = asked.map((argument) => validateArgument(argument, given[argument.name]));
  const gather = (settled: readonly Validation[]): Validation<Arguments> => {
    const all = [...issues, ...settled.flatMap((each) => (each.ok ? [] : each.issues))];
    const values = settled.map(
      (each, i) => [asked[i]?.name ?? '', each.ok ? each.value : undefined] as const,
    );
    return all.length > 0
      ? { ok: false, issues: all }
      : { ok: true, value: { ...given, ...Object.fromEntries(values) } };
  };
  return answers.some((answer) => answer instanceof Promise)
    ? Promise.all(answers).then(gather)
    : gather(answers as Validation[]);
}
