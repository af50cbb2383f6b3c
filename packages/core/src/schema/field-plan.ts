import { FrameworkError } from '../errors/framework-error.js';
import { registry } from '../metadata/registry.js';
import { readFieldDoc } from '../text/field-doc.js';
import { combineTypes } from './combine-keywords.js';
import { writtenDescription } from './description-record.js';
import { readDefault } from './field-default.js';
import { IN_HEADER } from './in-header.js';
import type { JsonType, PlainType } from './keywords.js';
import { readNested } from './nested-plan.js';
import { classValidator, TO_CLASS, type ValidatorMetadata } from './peer-libraries.js';
import type { ConcreteClass, Condition, FieldPlan, PlanGathering } from './plan.js';
import { readRule, type Rule } from './rule.js';

/** A field as it is found: its validators, and two fresh instances of its class. */
export interface FieldSource {
  readonly cls: ConcreteClass;
  readonly property: string;
  readonly key: string;
  readonly validators: readonly ValidatorMetadata[];
  readonly made: readonly [object, object];
  readonly where: string;
}

/**
 * Reads what the decorators of one field say, and what the compiler and the class's text add.
 *
 * @throws {FrameworkError} ERR_SCHEMA_TYPE
 */
export function readField(source: FieldSource, gathering: PlanGathering): FieldPlan {
  refuseGetter(source);
  const { cls, property, key } = source;
  const checks = readChecks(source);
  const kind = readKind(source, checks.rules, gathering);
  const initial = readDefault(source.made, { property, ...checks });
  const loose = kind.converted || checks.conditions.length > 0;
  const demanded = checks.rules.some((rule) => speaks(rule) && rule.saying?.absent !== true);
  return {
    key,
    property,
    doc: docOf(cls, property),
    ...checks,
    required: demanded && !checks.optional && !loose && !initial,
    omittable: false,
    list: kind.list,
    nested: kind.nested,
    date: kind.date,
    type: kind.type,
    loose,
    retyped: kind.retyped,
    default: initial,
    header: registry.inherited(IN_HEADER, cls).findLast((entry) => entry.method === property)?.record,
  };
}

/** What is said of a field: with @Description, or by its doc comment. */
export function docOf(cls: ConcreteClass, property: string): string | undefined {
  return writtenDescription(cls, property) ?? readFieldDoc(cls, property)?.description;
}

/** The validators of a field, and when they apply. */
type Checks = Pick<FieldPlan, 'rules' | 'conditions' | 'optional'>;

function readChecks({ validators, where }: FieldSource): Checks {
  const conditionals = validators.filter((metadata) => metadata.type === 'conditionalValidation');
  const others = conditionals.filter((metadata) => metadata.name !== 'isOptional');
  return {
    rules: validators.flatMap((metadata) => rulesOf(metadata, where)),
    conditions: others.map((metadata) => metadata.constraints[0] as Condition),
    optional: others.length < conditionals.length,
  };
}

/** What kind of values a field holds. */
type Kind = Pick<FieldPlan, 'list' | 'nested' | 'date' | 'type' | 'retyped'> & {
  readonly converted: boolean;
};

function readKind(source: FieldSource, rules: readonly Rule[], gathering: PlanGathering): Kind {
  const { cls, property, validators, where } = source;
  const designed = designTypeOf(cls, property);
  const type = gathering.storage?.findTypeMetadata(cls, property);
  const typed = type?.typeFunction?.();
  const transformed = isTransformed(source, gathering);
  const converted = transformed && gathering.direction === 'input';
  const list = designed === Array || validators.some((metadata) => metadata.each) || rules.some(isAboutLists);
  const nested = readNested(
    { designed, typed: type, list, rules, transformed, where, validators },
    gathering,
  );
  const date = !converted && isDate(rules, designed, typed);
  const said = typesOf(rules, false);
  refuseContradiction(list ? [...said, ['array']] : said, validators, where);
  refuseContradiction(typesOf(rules, true), validators, where);
  return {
    list,
    nested,
    date,
    type: list || nested || date || said.length > 0 ? undefined : PLAIN_TYPES.get(designed),
    retyped: PLAIN_TYPES.has(typed) || typed === Date,
    converted,
  };
}

/** What validators say of the value, or of each of its items. */
function typesOf(rules: readonly Rule[], each: boolean): readonly (readonly JsonType[])[] {
  const about = rules.filter((rule) => speaks(rule) && (each ? rule.metadata.each : !rule.metadata.each));
  return about.flatMap((rule) => (rule.saying?.types ? [rule.saying.types] : []));
}

function refuseContradiction(
  types: readonly (readonly JsonType[])[],
  validators: readonly ValidatorMetadata[],
  where: string,
): void {
  if (combineTypes(types)?.length !== 0) return;
  const [group] = validators.flatMap(({ groups }) => groups);
  throw new FrameworkError('ERR_SCHEMA_TYPE', {
    where,
    seen: `its validators contradict each other: no value is ${[...new Set(types.map((each) => each.join(' or ')))].join(' and ')}`,
    cure:
      group === undefined
        ? 'Take one of them off, or write { each: true } into those that are about the items of a list.'
        : `Say which of their groups count where the class is used: inGroups(TheClass, '${group}').`,
  });
}

function isTransformed({ cls, property }: FieldSource, gathering: PlanGathering): boolean {
  const transforms = gathering.storage?.findTransformMetadatas(cls, property, TO_CLASS) ?? [];
  if (transforms.length > 0) gathering.converts = true;
  return transforms.length > 0;
}

const PLAIN_TYPES: ReadonlyMap<unknown, PlainType> = new Map<unknown, PlainType>([
  [String, 'string'],
  [Number, 'number'],
  [Boolean, 'boolean'],
]);
const DATE_RULES: ReadonlySet<string | undefined> = new Set(['isDate', 'minDate', 'maxDate']);
const NO_CONSTRAINT: ReadonlySet<string> = new Set([
  'nestedValidation',
  'promiseValidation',
  'conditionalValidation',
  'whitelistValidation',
]);

/** Whether a validator's keywords can be published: it is known, and checked always. */
function speaks(rule: Rule): boolean {
  return rule.saying !== undefined && !rule.metadata.validateIf;
}

function isAboutLists({ saying }: Rule): boolean {
  return saying?.types?.length === 1 && saying.types[0] === 'array';
}

function isDate(rules: readonly Rule[], designed: unknown, typed: unknown): boolean {
  if (typed === Date || rules.some((rule) => DATE_RULES.has(rule.metadata.name))) return true;
  return designed === Date && !rules.some((rule) => rule.saying?.types);
}

function rulesOf(metadata: ValidatorMetadata, where: string): readonly Rule[] {
  if (NO_CONSTRAINT.has(metadata.type)) return [];
  const constraints =
    classValidator()?.getMetadataStorage().getTargetValidatorConstraints(metadata.constraintCls) ?? [];
  if (constraints.length === 0) {
    throw new FrameworkError('ERR_SCHEMA_TYPE', {
      where,
      seen: `its validator ${metadata.constraintCls.name} is not known to class-validator, which would pass over it`,
      cure: `Put @ValidatorConstraint() above class ${metadata.constraintCls.name}.`,
    });
  }
  return constraints.map((constraint) => readRule(metadata, constraint));
}

/** The type the compiler wrote; undefined without reflect-metadata. */
function designTypeOf(cls: ConcreteClass, property: string): unknown {
  const reflect = Reflect as { getMetadata?(key: string, target: object, property: string): unknown };
  return reflect.getMetadata?.('design:type', cls.prototype as object, property);
}

function refuseGetter({ cls, property, where }: FieldSource): void {
  let prototype: object | null = cls.prototype as object;
  while (prototype && !Object.hasOwn(prototype, property))
    prototype = Object.getPrototypeOf(prototype) as object | null;
  const found = prototype && Object.getOwnPropertyDescriptor(prototype, property);
  if (!found || found.set || (!found.get && typeof found.value !== 'function')) return;
  throw new FrameworkError('ERR_SCHEMA_TYPE', {
    where,
    seen: 'a validator stands on a getter or a method, which no value can be put into',
    cure: `Take the decorators off ${property}, or make it a field.`,
  });
}
