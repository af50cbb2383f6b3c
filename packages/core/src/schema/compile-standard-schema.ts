import { FrameworkError } from '../errors/framework-error.js';
import { inlineRefs } from './inline-refs.js';
import { checkJsonSchema } from './json-schema-check.js';
import { limitIssues, MOST_ISSUES } from './limit-issues.js';
import type { CompiledSchema, Direction, Issue, JsonSchema, Validation } from './schema.js';
import type {
  StandardIssue,
  StandardResult,
  StandardSchemaProps,
  StandardSchemaV1,
} from './standard-schema.js';

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
  try {
    return jsonSchema[direction]({ target: 'draft-2020-12' });
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
