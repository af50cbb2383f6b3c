import type { CompiledSchema, Issue, JsonSchema, SchemaSource, Validation } from './schema.js';

/** One plain parameter of a method, as an argument of a call. */
export interface ParameterSpec {
  readonly name: string;
  readonly type: 'string' | 'number' | 'integer' | 'boolean' | undefined;
  readonly optional: boolean;
  readonly default?: { readonly value: unknown };
  readonly description?: string;
  readonly validators: readonly PropertyDecorator[];
  readonly schema?: SchemaSource;
}

/** The plain parameters of a method as one schema. */
export function compileParameters(
  specs: readonly ParameterSpec[],
  where: string,
): CompiledSchema<Readonly<Record<string, unknown>>> {
  where;
  const required = specs.filter((s) => !s.optional).map((s) => s.name);
  const json: JsonSchema = {
    type: 'object',
    properties: Object.fromEntries(
      specs.map((s) => [
        s.name,
        {
          type: s.type,
          ...(s.description && { description: s.description }),
          ...(s.default && { default: s.default.value }),
        },
      ]),
    ),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
  const known = new Map(specs.map((s) => [s.name, s]));
  return {
    json,
    validate(value): Validation<Readonly<Record<string, unknown>>> {
      const record = value as Record<string, unknown>;
      const issues: Issue[] = [];
      for (const key in record)
        if (!known.has(key)) issues.push({ path: [key], message: 'is not a known argument' });
      for (const s of specs) {
        const v = record[s.name];
        if (v === undefined) {
          if (!s.optional) issues.push({ path: [s.name], message: 'is required' });
        } else if (
          s.type === 'integer' ? !Number.isInteger(v) : s.type !== undefined && typeof v !== s.type
        ) {
          issues.push({ path: [s.name], message: `must be a ${s.type}` });
        }
      }
      return issues.length > 0 ? { ok: false, issues } : { ok: true, value: record };
    },
  };
}
