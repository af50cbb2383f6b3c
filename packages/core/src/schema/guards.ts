import { readDateTime } from './date-time.js';
import { enumValues } from './enum-values.js';
import type { PlainType } from './keywords.js';
import { plainPattern } from './pattern.js';
import type { FieldPlan } from './plan.js';
import { admits, phraseOf, type Rule } from './rule.js';

/** A check of our own, where class-validator admits what the published schema or the field's type does not. */
export interface Guard {
  readonly message: string;
  admits(value: unknown): boolean;
}

/** Whether a value has properties of its own: no array, not null. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a class or several parameters are filled from. */
export const MUST_BE_OBJECT: Guard = { message: 'must be an object', admits: isObject };
/** What lists are filled from. */
export const MUST_BE_ARRAY: Guard = { message: 'must be an array', admits: Array.isArray };

/** What one value of a field must be at all, each item of a list; undefined where validators say it. */
export function shapeGuard(field: FieldPlan): Guard | undefined {
  if (field.nested) return MUST_BE_OBJECT;
  if (field.date) return MUST_BE_DATE;
  return field.type === undefined ? undefined : TYPE_GUARDS[field.type];
}

/** What class-validator counts or reads differently from JSON Schema. */
export function contentGuards(rules: readonly Rule[]): readonly Guard[] {
  return rules.flatMap(({ saying, metadata }) => {
    const guard =
      saying && !metadata.validateIf ? CONTENT[metadata.name ?? '']?.(metadata.constraints ?? []) : undefined;
    return guard ? [guard] : [];
  });
}

/** What known validators refuse, each asked by itself. */
export function knownGuards(rules: readonly Rule[]): readonly Guard[] {
  const known = rules.filter(({ saying, metadata }) => saying && !metadata.validateIf);
  return known.map((rule) => ({
    message: phraseOf(rule, true) ?? 'is not valid',
    admits: (value) => admits(rule, value),
  }));
}

const MUST_BE_DATE: Guard = {
  message: 'must be a date-time such as 2026-01-31T09:30:00Z',
  admits: (value) =>
    value instanceof Date || (typeof value === 'string' && readDateTime(value) !== undefined),
};

/** What a value of a plain type is. */
export const TYPE_GUARDS: Readonly<Record<PlainType, Guard>> = {
  string: { message: 'must be a string', admits: (value) => typeof value === 'string' },
  number: { message: 'must be a number', admits: (value) => Number.isFinite(value) },
  integer: { message: 'must be an integer', admits: (value) => Number.isInteger(value) },
  boolean: { message: 'must be true or false', admits: (value) => typeof value === 'boolean' },
};

const CONTENT: Readonly<
  Record<string, ((constraints: readonly unknown[]) => Guard | undefined) | undefined>
> = {
  isEnum: ([entity]) => among(enumValues(entity as Readonly<Record<string, unknown>>)),
  isLength: ([, most]) => atMost(most),
  maxLength: ([most]) => atMost(most),
  matches: ([pattern, flags]) => matching(pattern, flags),
  isDivisibleBy: ([divisor]) => divisible(Number(divisor)),
};

/** class-validator also admits the names that TypeScript maps back to from numbers. */
function among(values: readonly unknown[]): Guard {
  const known = new Set(values);
  return {
    message: `must be one of the following values: ${values.map(String).join(', ')}`,
    admits: (value) => known.has(value),
  };
}

/** class-validator counts a character together with the variation selector behind it. */
function atMost(most: unknown): Guard | undefined {
  if (typeof most !== 'number') return undefined;
  const fits = (text: string): boolean => text.length <= most || Array.from(text).length <= most;
  return {
    message: `must be no longer than ${most} characters`,
    admits: (value) => typeof value !== 'string' || fits(value),
  };
}

/** Validators of JSON Schema divide, and read the quotient as an integer only while it is written as one. */
function divisible(divisor: number): Guard {
  const fits = (value: number): boolean => Math.abs(value / divisor) < 1e21;
  return {
    message: `must be divisible by ${divisor}`,
    admits: (value) => typeof value !== 'number' || fits(value),
  };
}

/** Without the flag `u`, a pattern sees characters beyond the basic plane as two. */
function matching(pattern: unknown, flags: unknown): Guard | undefined {
  const strict = plainPattern(pattern, flags)?.strict;
  if (!strict) return undefined;
  const fits = (text: string): boolean => !/[\ud800-\udfff]/.test(text) || strict.test(text);
  return {
    message: `must match ${String(pattern)}`,
    admits: (value) => typeof value !== 'string' || fits(value),
  };
}
