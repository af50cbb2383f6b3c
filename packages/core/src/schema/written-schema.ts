import { FrameworkError } from '../errors/framework-error.js';
import { toIssue } from './ajv-issue.js';
import { compileAjv, findSyntaxError, type AjvCheck } from './ajv.js';
import { isLarge } from './is-large.js';
import { checkJsonSchema } from './json-schema-check.js';
import { limitIssues } from './limit-issues.js';
import type { CompiledSchema, Issue, JsonSchema, Validation } from './schema.js';
import { subschemas } from './subschemas.js';

/**
 * Publishes a JSON Schema word for word, and checks by it.
 *
 * @throws {FrameworkError} ERR_SCHEMA_DIALECT, ERR_SCHEMA_SIZE, ERR_SCHEMA_REFERENCE, ERR_SCHEMA_INVALID
 */
export function compileWrittenSchema(json: JsonSchema, where: string): CompiledSchema {
  checkJsonSchema(json, where);
  const problem = findSyntaxError(json) ?? findBadPattern(json);
  if (problem !== undefined)
    throw new FrameworkError('ERR_SCHEMA_INVALID', {
      where,
      problem,
      cure: 'Correct it there: https://json-schema.org/draft/2020-12/json-schema-validation says what each keyword takes.',
    });
  return new WrittenSchema(json);
}

/** Compiled at the first value, as that takes some milliseconds; to tell what is wrong, once something is. */
class WrittenSchema implements CompiledSchema {
  readonly json: JsonSchema;
  #first: AjvCheck | undefined;
  #all: AjvCheck | undefined;

  constructor(json: JsonSchema) {
    this.json = json;
  }

  validate(value: unknown): Validation {
    this.#first ??= compileAjv(this.json, { allErrors: false });
    return this.#first(value) ? { ok: true, value } : { ok: false, issues: this.#issues(value) };
  }

  #issues(value: unknown): readonly Issue[] {
    if (isLarge(value)) return toIssues(this.#first);
    this.#all ??= compileAjv(this.json, { allErrors: true });
    this.#all(value);
    return toIssues(this.#all);
  }
}

/** The branches of a choice often say the same. */
function toIssues(asked: AjvCheck | undefined): readonly Issue[] {
  const issues = (asked?.errors ?? []).map(toIssue);
  return limitIssues([...new Map(issues.map((issue) => [JSON.stringify(issue), issue])).values()]);
}

/** The schema of the dialect asks for no patterns that can be read. */
function findBadPattern(schema: JsonSchema): string | undefined {
  const { pattern, patternProperties = {} } = schema;
  const written = [...(pattern === undefined ? [] : [pattern]), ...Object.keys(patternProperties as object)];
  const bad = written.find((each) => !isPattern(String(each)));
  if (bad !== undefined) return `the pattern ${JSON.stringify(bad)} cannot be read`;
  for (const each of subschemas(schema)) {
    const problem = findBadPattern(each);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function isPattern(source: string): boolean {
  try {
    return new RegExp(source, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
