import { sayingOf, type Saying } from './keywords.js';
import type { ConstraintMetadata, ValidatorMetadata } from './peer-libraries.js';

/** One validator on one field, with what it says in JSON Schema. */
export interface Rule {
  readonly metadata: ValidatorMetadata;
  readonly constraint: ConstraintMetadata;
  /** Undefined for validators of the author's own: they are asked, never read. */
  readonly saying: Saying | undefined;
}

/** Reads one validator. */
export function readRule(metadata: ValidatorMetadata, constraint: ConstraintMetadata): Rule {
  return { metadata, constraint, saying: sayingOf(metadata.name, metadata.constraints ?? []) };
}

/** Whether a validator that comes with class-validator admits a value; the author's own are not asked at boot. */
export function admits(rule: Rule, value: unknown): boolean {
  if (rule.saying === undefined || rule.metadata.validateIf) return true;
  const values: readonly unknown[] = rule.metadata.each && Array.isArray(value) ? value : [value];
  try {
    return values.every((each) => prototypeOf(rule).validate(each, argumentsOf(rule, each)));
  } catch {
    return false;
  }
}

/** What the keywords leave unsaid of a validator, as a phrase: `must be an email`. */
export function phraseOf(rule: Rule, all = false): string | undefined {
  const words = rule.saying?.words ?? (rule.saying === undefined || all);
  if (words === false) return undefined;
  const template = words === true ? templateOf(rule) : words;
  const phrase =
    template &&
    fillTemplate(rule.metadata, template)
      .replace(' in $property', '')
      .replace(/^\$property /, '');
  return phrase === undefined || phrase === '' || phrase.includes('$value')
    ? undefined
    : phrase.replaceAll("$property's", 'its').replaceAll('$property', 'it');
}

/** The message a validator has by itself; undefined where it has none without a value. */
export function messageTemplate(rule: Rule): string | undefined {
  try {
    return prototypeOf(rule).defaultMessage?.(argumentsOf(rule, undefined));
  } catch {
    return undefined;
  }
}

/** Fills in what a message template says of the validator; `$property` and `$value` stay. */
export function fillTemplate(metadata: ValidatorMetadata, template: string): string {
  const constraints: readonly unknown[] = metadata.constraints ?? [];
  return constraints
    .reduceRight<string>(
      (text, each, index) => text.replaceAll(`$constraint${index + 1}`, () => toText(each)),
      template,
    )
    .replaceAll('$target', () =>
      typeof metadata.target === 'string' ? metadata.target : metadata.target.name,
    );
}

interface ConstraintPrototype {
  validate(value: unknown, args: unknown): unknown;
  defaultMessage?(args: unknown): string;
}

/** Asked without an instance: at boot the author's container may not be ready, and these need nothing of it. */
function prototypeOf(rule: Rule): ConstraintPrototype {
  return rule.constraint.target.prototype as ConstraintPrototype;
}

function argumentsOf({ metadata }: Rule, value: unknown): unknown {
  const targetName = typeof metadata.target === 'string' ? metadata.target : metadata.target.name;
  return {
    value,
    constraints: metadata.constraints ?? [],
    property: metadata.propertyName,
    targetName,
    object: {},
  };
}

function templateOf(rule: Rule): string | undefined {
  const { message } = rule.metadata;
  if (typeof message === 'string' && message !== '') return message;
  const template = messageTemplate(rule);
  return template?.includes('undefined') ? undefined : template;
}

function toText(constraint: unknown): string {
  if (Array.isArray(constraint)) return constraint.map(String).join(', ');
  return typeof constraint === 'symbol' ? (constraint.description ?? '') : String(constraint);
}
