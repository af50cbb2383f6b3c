import type { ClassSchema } from './class-schema.js';
import { TYPE_GUARDS } from './guards.js';
import type { ParameterSpec } from './parameter-spec.js';
import { rebaseRefs } from './rebase-refs.js';
import type { CompiledSchema, JsonSchema } from './schema.js';

/** Writes the JSON Schema of one parameter, as a property beside the others. */
export function parameterJson(
  spec: ParameterSpec,
  schema: CompiledSchema | undefined,
  validated: ClassSchema | undefined,
): JsonSchema {
  const given = schema ? rebaseRefs(schema.json, `#/properties/${toPointer(spec.name)}`) : {};
  const said = spec.validators.length > 0 ? propertyOf(validated, spec.name) : undefined;
  const { type: seen, description: told, ...keywords } = { ...given, ...said };
  const type =
    seen === undefined
      ? typeOf(spec, validated)
      : spec.type === 'integer' && seen === 'number'
        ? 'integer'
        : seen;
  // What validators say in words is added to the description already.
  const description = said ? told : (spec.description ?? told);
  const initial = isPublished(spec) ? spec.default?.value : undefined;
  return {
    ...(type !== undefined && { type }),
    ...(description !== undefined && { description }),
    ...keywords,
    ...(initial !== undefined && { default: initial }),
  };
}

function propertyOf(validated: ClassSchema | undefined, name: string): JsonSchema {
  return (validated?.json['properties'] as Readonly<Record<string, JsonSchema>>)[name] ?? {};
}

function typeOf({ name, type }: ParameterSpec, validated: ClassSchema | undefined): unknown {
  return type !== undefined && validated?.tree.root.byKey.get(name)?.optional ? [type, 'null'] : type;
}

/** A default of another type is the method's own affair. */
function isPublished({ type, default: initial }: ParameterSpec): boolean {
  return initial !== undefined && (type === undefined || TYPE_GUARDS[type].admits(initial.value));
}

/** @see https://www.rfc-editor.org/rfc/rfc6901#section-6 */
function toPointer(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
}
