import { FrameworkError } from '../errors/framework-error.js';
import { inlineRefs } from './inline-refs.js';
import { checkJsonSchema } from './json-schema-check.js';
import { limitIssues, MOST_ISSUES } from './limit-issues.js';
import type { CompiledSchema, Issue, JsonSchema, Validation } from './schema.js';
import { walkSubschemas } from './subschema-walk.js';
import type {
  StandardIssue,
  StandardResult,
  StandardSchemaProps,
  StandardSchemaV1,
} from './standard-schema.js';

/** Which side of a schema is published: what it takes, or what it makes of it. */
export type Direction = 'input' | 'output';

/**
 * Publishes the JSON Schema that a Standard Schema gives of itself, and checks by it.
 *
 * @throws {FrameworkError} ERR_SCHEMA_TYPE, or what is wrong with that JSON Schema
 */
export function compileStandardSchema(
  schema: StandardSchemaV1,
  where: string,
  direction: Direction,
): CompiledSchema {
  const props = schema['~standard'];
  const json = jsonOf(props, where, direction);
  checkJsonSchema(json, where);
  return {
    json: inlineRefs(json),
    validate(value) {
      const result = props.validate(value);
      return 'then' in result ? result.then(toValidation) : toValidation(result);
    },
  };
}

function jsonOf(
  { vendor, jsonSchema }: StandardSchemaProps,
  where: string,
  direction: Direction,
): JsonSchema {
  if (typeof jsonSchema?.[direction] !== 'function') {
    throw new FrameworkError('ERR_SCHEMA_TYPE', {
      where,
      seen: `the ${vendor} schema gives no JSON Schema of itself ('~standard'.jsonSchema)`,
      cure: 'Use zod 4.2, arktype 2.1.28 or newer, toStandardJsonSchema() of @valibot/to-json-schema, or a class with class-validator decorators.',
    });
  }
  let json: JsonSchema;
  try {
    json = jsonSchema[direction]({ target: 'draft-2020-12' });
  } catch (error) {
    throw new FrameworkError(
      'ERR_SCHEMA_TYPE',
      {
        where,
        seen: `${vendor} says: ${error instanceof Error ? error.message : String(error)}`,
        cure: 'Describe with the schema only what JSON can carry; convert it in the method.',
      },
      { cause: error },
    );
  }
  refuseExternal(json, where);
  return json;
}

/** What stands elsewhere is fetched by nobody: a schema that needs it would say less than it seems to. */
function refuseExternal(json: JsonSchema, where: string): void {
  const all = [...walkSubschemas(json)].map(({ schema }) => schema);
  const here = new Set(all.map(({ $id }) => $id));
  const external = all.find(({ $ref }) => isAbsolute($ref) && !here.has($ref.split('#')[0]));
  if (!external) return;
  throw new FrameworkError('ERR_SCHEMA_TYPE', {
    where,
    seen: `it refers to ${String(external.$ref)}, which is never fetched`,
    cure: 'Put what it refers to into $defs of the schema itself.',
  });
}

function isAbsolute(ref: unknown): ref is string {
  return typeof ref === 'string' && /^([a-z][a-z0-9+.-]*:|\/\/)/i.test(ref);
}

function toValidation<T>(result: StandardResult<T>): Validation<T> {
  return result.issues
    ? { ok: false, issues: limitIssues(result.issues.slice(0, MOST_ISSUES + 1).map(toIssue)) }
    : { ok: true, value: result.value };
}

function toIssue({ message, path = [] }: StandardIssue): Issue {
  return { message, path: path.map((step) => toStep(typeof step === 'object' ? step.key : step)) };
}

function toStep(key: PropertyKey): string | number {
  return typeof key === 'symbol' ? String(key) : key;
}
