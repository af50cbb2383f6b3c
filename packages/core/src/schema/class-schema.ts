import type { ValidationError, ValidatorOptions } from 'class-validator';
import { compileBuild, type Build } from './build-instance.js';
import { classJson } from './class-json.js';
import { compileCheck, type Check } from './compile-check.js';
import { gatherIssues } from './gather-issues.js';
import { isObject, knownGuards, MUST_BE_OBJECT } from './guards.js';
import { classTransformer, classValidator, type ClassValidator } from './peer-libraries.js';
import type { ConcreteClass, PlanTree } from './plan.js';
import { readPlanTree } from './read-plan.js';
import type { CompiledSchema, Issue, JsonSchema, Validation } from './schema.js';
import { findShapeIssues } from './shape-issues.js';
import { toIssues } from './validator-issues.js';

/**
 * Compiles a class with class-validator decorators; what passes is an instance of it.
 *
 * @throws {FrameworkError} ERR_SCHEMA_TYPE
 */
export function compileClass(cls: ConcreteClass, where: string, groups: readonly string[] = []): ClassSchema {
  return new ClassSchema(readPlanTree(cls, where, groups));
}

/** The schema of a class: a compiled check that says yes fast, and class-validator itself for everything else. */
export class ClassSchema implements CompiledSchema {
  readonly json: JsonSchema;
  readonly tree: PlanTree;
  /** Whether what passes may be other than what was given, apart from its class. */
  readonly changes: boolean;
  readonly #build: Build;
  readonly #library: ClassValidator;
  readonly #options: ValidatorOptions;
  /** Made at the first call: the author's container may not be ready at boot. */
  #check: Check | undefined;
  #asynchronous: boolean;
  /** The author's own validators may give promises without having said so. */
  readonly #waits: boolean;

  constructor(tree: PlanTree) {
    const rules = tree.all.flatMap((plan) => plan.fields).flatMap((field) => field.rules);
    this.tree = tree;
    this.json = classJson(tree);
    this.changes =
      tree.converts || tree.root.fields.some((field) => field.nested !== undefined || field.date);
    this.#build = compileBuild(tree.root);
    this.#library = classValidator() as ClassValidator;
    // Objects without validators pass: what they are is checked before.
    this.#options = { forbidUnknownValues: false, groups: [...tree.groups] };
    this.#asynchronous = rules.some((rule) => rule.constraint.async);
    this.#waits = rules.some((rule) => rule.saying === undefined);
  }

  validate(value: unknown): Validation | Promise<Validation> {
    if (!isObject(value)) return { ok: false, issues: [{ path: [], message: MUST_BE_OBJECT.message }] };
    if (!this.tree.converts) {
      const instance = this.#build(value, false);
      if (instance !== undefined && this.accepts(instance)) return { ok: true, value: instance };
    }
    return this.#ask(value);
  }

  /** Whether an object passes as it is; no may also mean that only class-validator can tell. */
  accepts(object: object): boolean {
    if (this.#asynchronous) return false;
    this.#check ??= compileCheck(this.tree, () => (this.#asynchronous = true));
    return this.#check(object);
  }

  /** The long way, which also finds the words. */
  #ask(value: object): Validation | Promise<Validation> {
    const { shape, content } = findShapeIssues(this.tree, value);
    const issuesWith = (told: readonly Issue[]): readonly Issue[] => gatherIssues({ shape, content, told });
    // A validator that cannot read a value throws; that says nothing new where another one refuses it.
    const thrown = (error: unknown): Validation => {
      const refused = findShapeIssues(this.tree, value, knownGuards).content;
      if (shape.length === 0 && refused.length === 0) throw error;
      return { ok: false, issues: issuesWith(refused) };
    };
    try {
      const instance = this.#instance(value);
      const told = (errors: readonly ValidationError[]): Validation => {
        const issues = issuesWith(toIssues(errors, this.tree));
        return issues.length > 0 ? { ok: false, issues } : { ok: true, value: instance };
      };
      if (this.tree.converts && shape.length === 0 && this.accepts(instance)) return told([]);
      if (this.#waits) return this.#library.validate(instance, this.#options).then(told, thrown);
      return told(this.#library.validateSync(instance, this.#options));
    } catch (error) {
      return thrown(error);
    }
  }

  #instance(value: object): object {
    if (!this.tree.converts) return this.#build(value, true) as object;
    return classTransformer().plainToInstance(this.tree.root.cls, value, { exposeDefaultValues: true });
  }
}
