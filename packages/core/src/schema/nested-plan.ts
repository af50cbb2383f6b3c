import { FrameworkError } from '../errors/framework-error.js';
import {
  validatorsOf,
  type Discriminator,
  type TypeMetadata,
  type ValidatorMetadata,
} from './peer-libraries.js';
import type { ClassPlan, ConcreteClass, NestedPlan, PlanGathering } from './plan.js';
import type { Rule } from './rule.js';

/** What is known of a field that may hold objects of a class. */
export interface NestedSource {
  /** What the compiler wrote. */
  readonly designed: unknown;
  /** What @Type wrote. */
  readonly typed: TypeMetadata | undefined;
  readonly list: boolean;
  readonly rules: readonly Rule[];
  readonly transformed: boolean;
  readonly where: string;
  readonly validators: readonly ValidatorMetadata[];
}

/**
 * Finds the class of the objects in a field with @ValidateNested; undefined for other fields.
 *
 * @throws {FrameworkError} ERR_SCHEMA_TYPE
 */
export function readNested(source: NestedSource, gathering: PlanGathering): NestedPlan | undefined {
  const cls = source.typed?.typeFunction?.() ?? source.designed;
  if (!source.validators.some((metadata) => metadata.type === 'nestedValidation')) {
    refuseUnchecked(source, cls);
    if (source.typed && !BUILT_IN.has(cls)) gathering.converts = true;
    return undefined;
  }
  const discriminator = source.typed?.options?.discriminator;
  if (discriminator) return readChoice(discriminator, source, gathering);
  return { is: 'class', plan: planOf(cls, source, gathering) };
}

const BUILT_IN: ReadonlySet<unknown> = new Set([
  undefined,
  null,
  Object,
  Array,
  String,
  Number,
  Boolean,
  Date,
  Set,
  Map,
  Function,
]);

function planOf(cls: unknown, { where, list }: NestedSource, gathering: PlanGathering): ClassPlan {
  if (typeof cls === 'function' && !BUILT_IN.has(cls)) return gathering.plan(cls as ConcreteClass, where);
  throw new FrameworkError('ERR_SCHEMA_TYPE', {
    where,
    seen: `@ValidateNested() does not say of which class its ${list ? 'items are' : 'value is'}`,
    cure: 'Add @Type(() => TheClass) of class-transformer; where classes import each other, check that the import is not undefined.',
  });
}

function readChoice(
  discriminator: Discriminator,
  source: NestedSource,
  gathering: PlanGathering,
): NestedPlan {
  const choices = discriminator.subTypes.map(
    ({ name, value }) => [name, planOf(value, source, gathering)] as const,
  );
  const keep = source.typed?.options?.keepDiscriminatorProperty ?? false;
  return { is: 'choice', property: discriminator.property, keep, choices: new Map(choices) };
}

/** class-validator itself passes over a nested object without a word, if @ValidateNested was forgotten. */
function refuseUnchecked({ rules, transformed, where, designed }: NestedSource, cls: unknown): void {
  if (transformed || rules.some((rule) => rule.saying === undefined)) return;
  if (designed === Set || designed === Map) {
    throw new FrameworkError('ERR_SCHEMA_TYPE', {
      where,
      seen: `JSON has no ${designed === Set ? 'Set' : 'Map'}`,
      cure: 'Make it an array or an object, and convert it in the method.',
    });
  }
  if (BUILT_IN.has(cls) || validatorsOf(cls).length === 0) return;
  const { name } = cls as ConcreteClass;
  throw new FrameworkError('ERR_SCHEMA_TYPE', {
    where,
    seen: `it holds a ${name}, but nothing checks it`,
    cure: `Add @ValidateNested() and @Type(() => ${name}).`,
  });
}
