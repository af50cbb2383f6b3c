import type { ValidationError } from 'class-validator';
import type { ClassPlan, FieldPlan, PlanTree } from './plan.js';
import { fillTemplate } from './rule.js';
import type { Issue } from './schema.js';
import type { Path } from './shape-issues.js';

/** Turns what class-validator found into issues by path, without the field's name or value. */
export function toIssues(errors: readonly ValidationError[], tree: PlanTree): readonly Issue[] {
  const plans = new Map<unknown, ClassPlan>(tree.all.map((plan) => [plan.cls, plan]));
  return errors.flatMap((error) => issuesOf(error, plans, []));
}

function issuesOf(
  error: ValidationError,
  plans: ReadonlyMap<unknown, ClassPlan>,
  above: Path,
): readonly Issue[] {
  const plan = plans.get(error.target?.constructor);
  const field = plan?.fields.find((each) => each.property === error.property);
  // Fields that class-transformer keeps out of the input are not the caller's to fill.
  if (plan && !field) return [];
  if (field?.omittable && error.value === undefined) return [];
  const path = [
    ...above,
    Array.isArray(error.target) ? Number(error.property) : (field?.key ?? error.property),
  ];
  const own = Object.entries(error.constraints ?? {}).map(([name, message]) => ({
    path,
    message: toMessage(error.property, message, templateOf(field, name)),
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => issuesOf(child, plans, path))];
}

/** The author's own message, if it would repeat the value. */
function templateOf(field: FieldPlan | undefined, name: string): string | undefined {
  const rule = field?.rules.find(({ constraint, metadata }) => (constraint.name || metadata.type) === name);
  const template = rule?.metadata.message;
  return rule && typeof template === 'string' && template.includes('$value')
    ? fillTemplate(rule.metadata, template.replaceAll('$value', 'the value'))
    : undefined;
}

function toMessage(property: string, told: string, template: string | undefined): string {
  const message = template?.replaceAll('$property', property) ?? told;
  const named = message.replace(`each value in ${property} `, 'each value ');
  return named.startsWith(`${property} `) ? named.slice(property.length + 1) : named;
}
