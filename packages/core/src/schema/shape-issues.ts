import { contentGuards, isObject, MUST_BE_ARRAY, MUST_BE_OBJECT, shapeGuard, type Guard } from './guards.js';
import type { ClassPlan, FieldPlan, NestedPlan, PlanTree } from './plan.js';
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

/** Finds what is unknown, missing or of another shape in a value for a class, and everywhere in it. */
export function findShapeIssues(tree: PlanTree, value: object): ShapeIssues {
  const walk = new Walk(tree);
  walk.object(tree.root, value as Readonly<Record<string, unknown>>, []);
  return walk;
}

class Walk implements ShapeIssues {
  readonly shape: Issue[] = [];
  readonly content: Issue[] = [];
  readonly #converts: boolean;

  constructor(tree: PlanTree) {
    this.#converts = tree.converts;
  }

  object(plan: ClassPlan, value: Readonly<Record<string, unknown>>, path: Path, chosenBy?: string): void {
    for (const key of Object.keys(value)) {
      const known = plan.byKey.has(key) || key === chosenBy || value[key] === undefined;
      if (!known) this.shape.push(unknownIssue(path, key));
    }
    for (const field of plan.fields) {
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
    const own = field.rules.filter((rule) => !rule.metadata.each);
    if (!field.list) {
      this.#one(field, value, path, contentGuards(own));
      return;
    }
    if (!Array.isArray(value)) {
      this.#refuse(MUST_BE_ARRAY, path);
      return;
    }
    this.#content(contentGuards(own), value, path);
    const each = contentGuards(field.rules.filter((rule) => rule.metadata.each));
    for (const [index, item] of value.entries()) this.#one(field, item, [...path, index], each);
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

  #refuse({ message }: Guard, path: Path): void {
    this.shape.push({ path, message });
  }
}

/** The issue of a property nobody asked for; its name is cut where it is long. */
export function unknownIssue(path: Path, key: string): Issue {
  const name = key.length > 80 ? `${key.slice(0, 80)}…` : key;
  return { path: [...path, name], message: `unknown argument '${name}'` };
}
