import { contentGuards, isObject, MUST_BE_ARRAY, MUST_BE_OBJECT, shapeGuard, type Guard } from './guards.js';
import { MOST_ISSUES } from './limit-issues.js';
import type { ClassPlan, FieldPlan, NestedPlan, PlanTree } from './plan.js';
import type { Rule } from './rule.js';
import type { Issue } from './schema.js';

/** Where something is in a value. */
export type Path = readonly (string | number)[];

/** What is wrong with a value before class-validator is asked, or where it counts otherwise. */
export interface ShapeIssues {
  /** Unknown, missing, or of another shape: what validators say of the same place adds nothing. */
  readonly shape: readonly Issue[];
  /** Told only where validators say nothing. */
  readonly content: readonly Issue[];
}

/** What is checked of values beyond their shape. */
type GuardsOf = (rules: readonly Rule[]) => readonly Guard[];

/** Finds what is unknown, missing or of another shape in a value for a class, and everywhere in it, up to more than is told. */
export function findShapeIssues(
  tree: PlanTree,
  value: object,
  guardsOf: GuardsOf = contentGuards,
): ShapeIssues {
  const walk = new Walk(tree, guardsOf);
  walk.object(tree.root, value as Readonly<Record<string, unknown>>, []);
  return walk;
}

interface FieldGuards {
  readonly own: readonly Guard[];
  readonly each: readonly Guard[];
}

class Walk implements ShapeIssues {
  readonly shape: Issue[] = [];
  readonly content: Issue[] = [];
  readonly #converts: boolean;
  readonly #guardsOf: GuardsOf;
  readonly #guards = new Map<FieldPlan, FieldGuards>();

  constructor(tree: PlanTree, guardsOf: GuardsOf) {
    this.#converts = tree.converts;
    this.#guardsOf = guardsOf;
  }

  object(plan: ClassPlan, value: Readonly<Record<string, unknown>>, path: Path, chosenBy?: string): void {
    const isKnown = (key: string): boolean =>
      plan.byKey.has(key) || plan.unchecked.has(key) || key === chosenBy || value[key] === undefined;
    const unknown = Object.keys(value).filter((key) => !isKnown(key));
    this.shape.push(...unknownIssues(path, unknown));
    for (const field of plan.fields) {
      if (this.#isFull()) return;
      const given = Object.hasOwn(value, field.key) ? value[field.key] : undefined;
      this.#field(field, given, [...path, field.key]);
    }
  }

  #field(field: FieldPlan, value: unknown, path: Path): void {
    if (value === undefined) {
      if (field.required) this.shape.push({ path, message: 'is required' });
      return;
    }
    if ((field.optional && value === null) || field.loose || (this.#converts && field.retyped)) return;
    const { own, each } = this.#guardsFor(field);
    if (!field.list) {
      this.#one(field, value, path, own);
      return;
    }
    if (!Array.isArray(value)) {
      this.#refuse(MUST_BE_ARRAY, path);
      return;
    }
    this.#content(own, value, path);
    for (const [index, item] of value.entries()) {
      if (this.#isFull()) return;
      this.#one(field, item, [...path, index], each);
    }
  }

  #guardsFor(field: FieldPlan): FieldGuards {
    const known = this.#guards.get(field);
    if (known) return known;
    const own = this.#guardsOf(field.rules.filter((rule) => !rule.metadata.each));
    const each = this.#guardsOf(field.rules.filter((rule) => rule.metadata.each));
    this.#guards.set(field, { own, each });
    return { own, each };
  }

  #one(field: FieldPlan, value: unknown, path: Path, guards: readonly Guard[]): void {
    const shape = shapeGuard(field);
    if (shape && !shape.admits(value)) this.#refuse(shape, path);
    else if (field.nested) this.#nested(field.nested, value, path);
    else this.#content(guards, value, path);
  }

  #nested(nested: NestedPlan, value: unknown, path: Path): void {
    if (!isObject(value)) {
      this.#refuse(MUST_BE_OBJECT, path);
      return;
    }
    if (nested.is === 'class') {
      this.object(nested.plan, value, path);
      return;
    }
    const chosen = nested.choices.get(value[nested.property] as string);
    if (chosen) {
      this.object(chosen, value, path, nested.property);
      return;
    }
    const message = `must be one of the following values: ${[...nested.choices.keys()].join(', ')}`;
    this.shape.push({ path: [...path, nested.property], message });
  }

  #content(guards: readonly Guard[], value: unknown, path: Path): void {
    for (const guard of guards) if (!guard.admits(value)) this.content.push({ path, message: guard.message });
  }

  #isFull(): boolean {
    return this.shape.length + this.content.length > MOST_ISSUES;
  }

  #refuse({ message }: Guard, path: Path): void {
    this.shape.push({ path, message });
  }
}

/** The issues of properties nobody asked for; long names are cut, and of many only the first are named. */
export function unknownIssues(path: Path, keys: readonly string[]): readonly Issue[] {
  const named = keys.slice(0, 10).map((key): Issue => {
    const name = key.length > 80 ? `${key.slice(0, 80)}…` : key;
    return { path: [...path, name], message: 'is unknown' };
  });
  const more = keys.length - named.length;
  return more === 0 ? named : [...named, { path, message: `${more} more are unknown` }];
}
