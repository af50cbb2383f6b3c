import type { ValidationError, ValidatorOptions } from 'class-validator';
import { compileBuild, type Build } from './build-instance.js';
import { classJson } from './class-json.js';
import { compileChecks, type Checks } from './compile-checks.js';
import { findOffender, type Offender } from './find-offender.js';
import { gatherIssues } from './gather-issues.js';
import { isObject, knownGuards, MUST_BE_OBJECT } from './guards.js';
import { isLarge } from './is-large.js';
import { MOST_ISSUES } from './limit-issues.js';
import { classTransformer, classValidator, type ClassValidator } from './peer-libraries.js';
import type { ConcreteClass, PlanTree } from './plan.js';
import { readPlanTree, type ReadOptions } from './read-plan.js';
import type { CompiledSchema, Issue, JsonSchema, Validation } from './schema.js';
import { findShapeIssues } from './shape-issues.js';
import { toIssues } from './validator-issues.js';

/**
 * Compiles a class with class-validator decorators; what passes is an instance of it.
 *
 * @throws {FrameworkError} ERR_SCHEMA_TYPE
 */
export function compileClass(cls: ConcreteClass, where: string, options: ReadOptions = {}): ClassSchema {
  return new ClassSchema(readPlanTree(cls, where, options));
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
  #checks: Checks | undefined;
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
    return !this.#asynchronous && this.#compiled().of(this.tree.root)(object);
  }

  /** The long way, which also finds the words. */
  #ask(value: object): Validation | Promise<Validation> {
    const { shape, content } = findShapeIssues(this.tree, value);
    const issuesWith = (told: readonly Issue[]): readonly Issue[] => gatherIssues({ shape, content, told });
    if (shape.length > MOST_ISSUES) return { ok: false, issues: issuesWith([]) };
    // A validator that cannot read a value throws; that says nothing new where another one refuses it.
    const thrown = (error: unknown): Validation => {
      const refused = findShapeIssues(this.tree, value, knownGuards).content;
      if (shape.length === 0 && refused.length === 0) throw error;
      return { ok: false, issues: issuesWith(refused) };
    };
    try {
      const instance = this.#instance(value);
      const told = (found: readonly Issue[]): Validation => {
        const issues = issuesWith(found);
        return issues.length > 0 ? { ok: false, issues } : { ok: true, value: instance };
      };
      if (this.tree.converts && shape.length === 0 && this.accepts(instance)) return told([]);
      const found = this.#issuesOf(instance, isLarge(value));
      return found instanceof Promise ? found.then(told, thrown) : told(found);
    } catch (error) {
      return thrown(error);
    }
  }

  /** What class-validator says; of a large instance only what it says of the first object in it that does not pass. */
  #issuesOf(instance: object, large: boolean): readonly Issue[] | Promise<readonly Issue[]> {
    const whole = { object: instance, path: [] };
    if (this.#asynchronous || !large) return this.#issuesIn(whole);
    const offender = findOffender(instance, this.tree.root, this.#compiled());
    const orWhole = (issues: readonly Issue[]): readonly Issue[] | Promise<readonly Issue[]> =>
      issues.length > 0 || offender.object === instance ? issues : this.#issuesIn(whole);
    const issues = this.#issuesIn(offender);
    return issues instanceof Promise ? issues.then(orWhole) : orWhole(issues);
  }

  #issuesIn({ object, path }: Offender): readonly Issue[] | Promise<readonly Issue[]> {
    const toTold = (errors: readonly ValidationError[]): readonly Issue[] =>
      toIssues(errors, this.tree).map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
    return this.#waits
      ? this.#library.validate(object, this.#options).then(toTold)
      : toTold(this.#library.validateSync(object, this.#options));
  }

  #compiled(): Checks {
    return (this.#checks ??= compileChecks(this.tree, () => (this.#asynchronous = true)));
  }

  #instance(value: object): object {
    if (!this.tree.converts) return this.#build(value, true) as object;
    return classTransformer().plainToInstance(this.tree.root.cls, value, { exposeDefaultValues: true });
  }
}
