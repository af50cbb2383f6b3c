/**
 * A schema of any library that follows the Standard Schema specification: zod, arktype, valibot and others.
 *
 * @see https://standardschema.dev
 */
export interface StandardSchemaV1<Input = unknown, Output = Input> {
  readonly '~standard': StandardSchemaProps<Input, Output>;
}

/** What a Standard Schema offers: its check, its types and, where the library knows how, its JSON Schema. */
export interface StandardSchemaProps<Input = unknown, Output = Input> {
  readonly version: 1;
  readonly vendor: string;
  readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
  /** Only types; never read. */
  readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  /** What is published; part of the specification since late 2025. */
  readonly jsonSchema?: StandardJsonSchema | undefined;
}

/**
 * Gives the JSON Schema of either side of a schema.
 *
 * @see https://standardschema.dev/json-schema
 */
export interface StandardJsonSchema {
  input(options: { readonly target: 'draft-2020-12' }): Readonly<Record<string, unknown>>;
  output(options: { readonly target: 'draft-2020-12' }): Readonly<Record<string, unknown>>;
}

/** What a Standard Schema finds: the value it makes, or issues. */
export type StandardResult<Output> =
  { readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly StandardIssue[] };

/** One issue as a Standard Schema tells it. */
export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** Whether a value follows the Standard Schema specification; some libraries' schemas are functions or classes. */
export function isStandardSchema(value: unknown): value is StandardSchemaV1 {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  const props = (value as Partial<StandardSchemaV1>)['~standard'];
  return typeof props?.validate === 'function';
}
