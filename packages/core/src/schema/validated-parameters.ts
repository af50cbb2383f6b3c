import { FrameworkError } from '../errors/framework-error.js';
import { ClassSchema } from './class-schema.js';
import type { ParameterSpec } from './parameter-spec.js';
import { classValidator } from './peer-libraries.js';
import type { ClassPlan, ConcreteClass } from './plan.js';
import { readPlanTree } from './read-plan.js';

/**
 * Compiles parameters with validators as the fields of a class made for them; undefined if none has any.
 *
 * All parameters are fields, so that a validator may look at the others.
 *
 * @throws {FrameworkError} ERR_SCHEMA_TYPE
 */
export function compileValidated(specs: readonly ParameterSpec[], where: string): ClassSchema | undefined {
  if (specs.every((spec) => spec.validators.length === 0)) return undefined;
  const cls: ConcreteClass = class Arguments {};
  const allow = libraryFor(where).Allow();
  for (const { name, validators } of specs) {
    // Bottom up, as if they stood above a field.
    for (const decorate of [...validators].reverse()) decorate(cls.prototype as object, name);
    allow(cls.prototype as object, name);
  }
  const tree = readPlanTree(cls, where);
  return new ClassSchema({ ...tree, root: describe(tree.root, specs) });
}

function libraryFor(where: string): NonNullable<ReturnType<typeof classValidator>> {
  const library = classValidator();
  if (library) return library;
  throw new FrameworkError('ERR_SCHEMA_TYPE', {
    where,
    seen: '@Arg() was given decorators that are not of class-validator',
    cure: "Import them from 'class-validator', in the version this package uses.",
  });
}

/** Absence and plain types are checked before the validators are asked. */
function describe(plan: ClassPlan, specs: readonly ParameterSpec[]): ClassPlan {
  const docs = new Map(specs.map((spec) => [spec.name, spec.description]));
  const fields = plan.fields.map((field) => ({
    ...field,
    doc: docs.get(field.key),
    omittable: true,
    required: false,
  }));
  return { ...plan, fields, byKey: new Map(fields.map((field) => [field.key, field])) };
}
