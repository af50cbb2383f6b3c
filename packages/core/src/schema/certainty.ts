import { messageTemplate, type Rule } from './rule.js';

/** Whether a value certainly passes; no means that the validator has to be asked. */
export type Certainty = (value: unknown) => boolean;

/**
 * What a validator certainly admits, known without asking it; undefined where nothing is.
 *
 * The cheap majority of answers: asking takes ten to a hundred times as long. A validator of the author's own that bears the
 * name of a known one is told by its default message.
 */
export function certaintyOf(rule: Rule): Certainty | undefined {
  const row = rule.metadata.name === undefined ? undefined : CERTAINTIES[rule.metadata.name];
  const known =
    row !== undefined && messageTemplate(rule)?.replace('each value in ', '') === `$property ${row.message}`;
  return known ? row.of(rule.metadata.constraints ?? []) : undefined;
}

interface Row {
  readonly message: string;
  of(constraints: readonly unknown[]): Certainty | undefined;
}

const AT_LEAST = 'must be longer than or equal to $constraint1 characters';
const PLAIN_MAIL = /^[a-z0-9]+(?:[._+-][a-z0-9]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}$/i;

const CERTAINTIES: Readonly<Record<string, Row | undefined>> = {
  isString: { message: 'must be a string', of: () => (value) => typeof value === 'string' },
  isBoolean: { message: 'must be a boolean value', of: () => (value) => typeof value === 'boolean' },
  isInt: { message: 'must be an integer number', of: () => Number.isInteger },
  isNumber: {
    message: 'must be a number conforming to the specified constraints',
    of: ([options]) => number(options),
  },
  min: { message: 'must not be less than $constraint1', of: ([least]) => within(least, Infinity) },
  max: { message: 'must not be greater than $constraint1', of: ([most]) => within(-Infinity, most) },
  isLength: { message: AT_LEAST, of: ([least, most = Infinity]) => long(least, most) },
  minLength: { message: AT_LEAST, of: ([least]) => long(least, Infinity) },
  maxLength: {
    message: 'must be shorter than or equal to $constraint1 characters',
    of: ([most]) => long(0, most),
  },
  isEmail: {
    message: 'must be an email',
    of: ([options]) => (options === undefined ? plainMail : undefined),
  },
};

function number(options: unknown): Certainty | undefined {
  const counted =
    (options as { readonly maxDecimalPlaces?: unknown } | undefined)?.maxDecimalPlaces !== undefined;
  return counted ? undefined : Number.isFinite;
}

function within(least: unknown, most: unknown): Certainty | undefined {
  if (typeof least !== 'number' || typeof most !== 'number') return undefined;
  return (value) => typeof value === 'number' && value >= least && value <= most;
}

/** Up to three code units count as one: two halves of a character, and a variation selector. */
function long(least: unknown, most: unknown): Certainty | undefined {
  if (typeof least !== 'number' || typeof most !== 'number') return undefined;
  return (value) => typeof value === 'string' && value.length >= 3 * least && value.length <= most;
}

/** Short enough that no limit on a part of it matters. */
function plainMail(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 63 && PLAIN_MAIL.test(value);
}
