import { certaintyOf, type Certainty } from './certainty.js';
import { contentGuards, isObject, MUST_BE_ARRAY, shapeGuard, type Guard } from './guards.js';
import type { ClassPlan, Condition, FieldPlan, PlanTree } from './plan.js';
import type { Rule } from './rule.js';

/** Whether an instance passes. */
export type Check = (instance: object) => boolean;

/**
 * Compiles the validators of each class of a tree into one check that says yes or no.
 *
 * It calls the constraint instances class-validator would call, without its executor. `onPromise` is called when one of them
 * turns out to be asynchronous; the answer is then no.
 */
export function compileChecks(tree: PlanTree, onPromise: () => void): Checks {
  return new CompiledChecks(tree, onPromise);
}

/** The check of each class in a tree. */
export interface Checks {
  of(plan: ClassPlan): Check;
  /** The plan of an instance's class. */
  planOf(instance: object): ClassPlan | undefined;
}

type ValueCheck = (value: unknown, object: object) => boolean;

interface FieldCheck {
  readonly property: string;
  readonly optional: boolean;
  readonly omittable: boolean;
  readonly conditions: readonly Condition[] | undefined;
  /** What must hold if a value is there. */
  readonly present: ValueCheck | undefined;
  readonly rules: readonly RuleCheck[];
}

interface RuleCheck {
  /** Spares most questions. */
  readonly certain: Certainty | undefined;
  readonly ask: ValueCheck;
}

class CompiledChecks implements Checks {
  readonly #tree: PlanTree;
  readonly #onPromise: () => void;
  readonly #checks = new Map<ClassPlan, Check>();
  readonly #byClass: ReadonlyMap<unknown, ClassPlan>;

  constructor(tree: PlanTree, onPromise: () => void) {
    this.#tree = tree;
    this.#onPromise = onPromise;
    this.#byClass = new Map(tree.all.map((plan) => [plan.cls, plan]));
  }

  of(plan: ClassPlan): Check {
    const known = this.#checks.get(plan);
    if (known) return known;
    const fields: FieldCheck[] = [];
    const check: Check = (instance) => checkFields(instance, fields);
    this.#checks.set(plan, check);
    fields.push(...plan.fields.map((field) => this.#field(field)));
    return check;
  }

  planOf(instance: object): ClassPlan | undefined {
    return this.#byClass.get(instance.constructor);
  }

  #field(field: FieldPlan): FieldCheck {
    const { property, optional, omittable } = field;
    const conditions = field.conditions.length > 0 ? field.conditions : undefined;
    const rules = field.rules.map((rule) => compileRule(rule, this.#onPromise));
    return { property, optional, omittable, conditions, present: this.#present(field), rules };
  }

  /** Our own checks: the shape, what class-validator counts differently, and nested objects. */
  #present(field: FieldPlan): ValueCheck | undefined {
    const loose = field.loose || (this.#tree.converts && field.retyped);
    const nested = field.nested ? this.#nestedOne(field) : undefined;
    if (loose) return nested && ((value) => (Array.isArray(value) ? value.every(nested) : nested(value)));
    const own = contentGuards(field.rules.filter((rule) => !rule.metadata.each));
    const shape = nested ? undefined : shapeGuard(field);
    const each = contentGuards(field.rules.filter((rule) => rule.metadata.each));
    const one = allOf(admits(shape ? [shape, ...each] : each), nested);
    if (field.list)
      return allOf([MUST_BE_ARRAY.admits, ...admits(own)], one && ((value) => everyItem(value, one)));
    return allOf(admits(own), one);
  }

  #nestedOne({ nested }: FieldPlan): ((value: unknown) => boolean) | undefined {
    if (nested?.is !== 'class') return (value) => isObject(value) && (this.#checkOf(value)?.(value) ?? false);
    const check = this.of(nested.plan);
    return (value) => isObject(value) && check(value);
  }

  /** One of several classes is known by the instance. */
  #checkOf(instance: object): Check | undefined {
    const plan = this.planOf(instance);
    return plan && this.of(plan);
  }
}

function checkFields(instance: object, fields: readonly FieldCheck[]): boolean {
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index] as FieldCheck;
    const value = (instance as Readonly<Record<string, unknown>>)[field.property];
    if (value === undefined ? field.optional || field.omittable : value === null && field.optional) continue;
    if (field.conditions !== undefined && !field.conditions.every((condition) => condition(instance, value)))
      continue;
    const { rules } = field;
    for (let at = 0; at < rules.length; at++) {
      const rule = rules[at] as RuleCheck;
      if (!(rule.certain !== undefined && rule.certain(value)) && !rule.ask(value, instance)) return false;
    }
    if (field.present !== undefined && value !== undefined && !field.present(value, instance)) return false;
  }
  return true;
}

function admits(guards: readonly Guard[]): readonly ((value: unknown) => boolean)[] {
  return guards.map((guard) => guard.admits);
}

type Test = (value: unknown) => boolean;

function allOf(tests: readonly Test[], last: Test | undefined): Test | undefined {
  const [first, ...others] = last ? [...tests, last] : tests;
  if (!first || others.length === 0) return first;
  return (value) => first(value) && others.every((test) => test(value));
}

function everyItem(value: unknown, test: Test): boolean {
  const items = value as readonly unknown[];
  for (let index = 0; index < items.length; index++) if (!test(items[index])) return false;
  return true;
}

function compileRule(rule: Rule, onPromise: () => void): RuleCheck {
  const ask = compileQuestion(rule, onPromise);
  const certain = certaintyOf(rule);
  const { each, validateIf } = rule.metadata;
  if (!each && !validateIf) return { certain, ask };
  const one: ValueCheck = certain ? (value, object) => certain(value) || ask(value, object) : ask;
  const all: ValueCheck = each
    ? (value, object) =>
        Array.isArray(value) ? value.every((item) => one(item, object)) : one(value, object)
    : one;
  return {
    certain: undefined,
    ask: validateIf ? (value, object) => !validateIf(object, value) || all(value, object) : all,
  };
}

/** The arguments of a known validator are reused: it reads them and keeps nothing. */
function compileQuestion({ metadata, constraint, saying }: Rule, onPromise: () => void): ValueCheck {
  const { instance } = constraint;
  const { propertyName: property, constraints, target } = metadata;
  const targetName = typeof target === 'string' ? target : target.name;
  const reused = { targetName, property, constraints, value: undefined as unknown, object: {} };
  return (value, object) => {
    reused.value = value;
    reused.object = object;
    try {
      const result: unknown = instance.validate(value, saying ? reused : { ...reused });
      return result === true || (result !== false && leaveOpen(result, onPromise));
    } catch {
      // It throws again where class-validator asks it, unless something else is wrong too.
      return false;
    }
  };
}

/** The executor takes whatever is truthy for a yes; it is left to it, as is what is not there yet. */
function leaveOpen(result: unknown, onPromise: () => void): boolean {
  if (typeof (result as PromiseLike<unknown> | null | undefined)?.then === 'function') {
    (result as PromiseLike<unknown>).then(undefined, () => undefined);
    onPromise();
  }
  return false;
}
