import { createRequire } from 'node:module';
import type { Ajv2020, ErrorObject, Options, ValidateFunction } from 'ajv/dist/2020.js';
import type { JsonSchema } from './schema.js';

/** A compiled schema; what it found wrong with the last value stands in its `errors`. */
export type AjvCheck = ValidateFunction;
/** One thing that is wrong, as ajv tells it. */
export type AjvError = ErrorObject;

/**
 * What is wrong with a JSON Schema by the schema of its dialect; undefined if nothing is.
 *
 * The library is loaded by the first question: its import and that schema take as long as all of this package.
 */
export function findSyntaxError(json: JsonSchema): string | undefined {
  syntax ??= make({ allErrors: false, validateFormats: false });
  if (syntax.validateSchema(json) === true) return undefined;
  const [error] = syntax.errors ?? [];
  return `${error?.instancePath || 'its root'} ${error?.message ?? 'is not valid'}`;
}

/** Compiles a JSON Schema; formats are told to clients and not checked, as the dialect has it. */
export function compileAjv(json: JsonSchema, options: { readonly allErrors: boolean }): AjvCheck {
  // An instance each: two schemas may have the same id.
  const ajv = make({ ...options, validateFormats: false, validateSchema: false, meta: false });
  return ajv.compile(json);
}

let syntax: Ajv2020 | undefined;

const load = createRequire(import.meta.url);

/** Members that every object has by its prototype are none; what is unknown is ignored. */
function make(options: Options): Ajv2020 {
  const { Ajv2020: Ajv } = load('ajv/dist/2020.js') as { Ajv2020: new (options: Options) => Ajv2020 };
  return new Ajv({ strict: false, ownProperties: true, logger: false, ...options });
}
