import { FrameworkError } from '../errors/framework-error.js';
import type { ParameterSpec } from './argument.js';
import { ClassSchema } from './class-schema.js';
import { loadClassValidator, validatorsOf } from './peer-libraries.js';
import type { ClassPlan, ConcreteClass } from './plan.js';
import { readPlanTree } from './read-plan.js';

/**
 * Compiles the parameters with validators as fields of a class made for them; undefined if none has any.
 *
 * All parameters are fields, so that a validator may look at the others.
 *
 * @throws {FrameworkError} ERR_SCHEMA_TYPE
 */
export function compileValidated(specs: readonly ParameterSpec[], where: string): ClassSchema | undefined {
  if (specs.every((spec) => spec.validators.length === 0)) return undefined;
  const cls: ConcreteClass = class Arguments {
    declare readonly byName: never;
  };
  for (const spec of specs) decorate(cls, spec, where);
  const tree = readPlanTree(cls, where);
  const root = describe(tree.root, specs);
  return new ClassSchema({ ...tree, root, all: tree.all.map((plan) => (plan === tree.root ? root : plan)) });
}

function decorate(cls: ConcreteClass, { name, validators }: ParameterSpec, where: string): void {
  const prototype = cls.prototype as object;
  // Bottom up, as if they stood above a field.
  for (const validator of validators.toReversed()) validator(prototype, name);
  if (validators.length > 0 && !validatorsOf(cls).some((metadata) => metadata.propertyName === name)) {
    throw new FrameworkError('ERR_SCHEMA_TYPE', {
      where: `"${name}" of ${where}`,
      seen: '@Arg() was given decorators that left nothing with class-validator',
      cure: "Give it decorators of 'class-validator', and have that package installed only once.",
    });
  }
  loadClassValidator().Allow()(prototype, name);
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
