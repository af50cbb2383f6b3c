import type { Checks } from './compile-checks.js';
import { isObject } from './guards.js';
import type { ClassPlan, FieldPlan } from './plan.js';
import type { Path } from './shape-issues.js';

/** A nested object that does not pass, and where it stands. */
export interface Offender {
  readonly object: object;
  readonly path: Path;
}

/** The first object in an instance that its check refuses and that holds no other such; the instance itself, if it alone does. */
export function findOffender(instance: object, plan: ClassPlan, checks: Checks): Offender {
  for (const field of plan.fields) {
    const found = inField((instance as Readonly<Record<string, unknown>>)[field.property], field, checks);
    if (found) return { object: found.object, path: [field.key, ...found.path] };
  }
  return { object: instance, path: [] };
}

function inField(value: unknown, { nested, list }: FieldPlan, checks: Checks): Offender | undefined {
  if (!nested) return undefined;
  if (!list) return refused(value, checks);
  for (const [index, item] of Array.isArray(value) ? value.entries() : []) {
    const found = refused(item, checks);
    if (found) return { object: found.object, path: [index, ...found.path] };
  }
  return undefined;
}

function refused(value: unknown, checks: Checks): Offender | undefined {
  const plan = isObject(value) ? checks.planOf(value) : undefined;
  if (!plan || checks.of(plan)(value as object)) return undefined;
  return findOffender(value as object, plan, checks);
}
