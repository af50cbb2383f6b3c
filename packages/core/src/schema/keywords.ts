import { enumValues } from './enum-values.js';
import { plainPattern } from './pattern.js';
import type { JsonSchema } from './schema.js';

/** The types of single values in JSON Schema. */
export type PlainType = 'string' | 'number' | 'integer' | 'boolean';
/** The types of JSON Schema. */
export type JsonType = PlainType | 'array' | 'object' | 'null';

/** What one validator says in JSON Schema. */
export interface Saying {
  /** The types it admits; undefined if it does not say. */
  readonly types?: readonly JsonType[];
  readonly keywords?: JsonSchema;
  /** Whether it admits that the field is absent. */
  readonly absent?: boolean;
  /** What the keywords leave unsaid: a phrase, or true for the validator's own message. */
  readonly words?: true | string;
}

/**
 * What a validator of class-validator says in JSON Schema, by its name; undefined for validators of the author's own.
 *
 * No keyword refuses what the validator accepts.
 */
export function sayingOf(name: string | undefined, constraints: readonly unknown[]): Saying | undefined {
  if (name === undefined) return undefined;
  return TEXTS.has(name) ? { types: ['string'], words: true } : SAYINGS[name]?.(constraints);
}

type SayingOf = (constraints: readonly unknown[]) => Saying;

const SAYINGS: Readonly<Record<string, SayingOf | undefined>> = {
  // types
  isString: () => ({ types: ['string'] }),
  isBoolean: () => ({ types: ['boolean'] }),
  isInt: () => ({ types: ['integer'] }),
  isNumber: ([options]) => ({ types: ['number'], ...decimalPlaces(options) }),
  isArray: () => ({ types: ['array'] }),
  isObject: () => ({ types: ['object'] }),
  isDate: () => ({ types: ['string'] }),
  isDefined: () => ({}),
  // numbers
  min: ([least]) => ({ types: ['number'], ...limit('minimum', least) }),
  max: ([most]) => ({ types: ['number'], ...limit('maximum', most) }),
  isPositive: () => ({ types: ['number'], keywords: { exclusiveMinimum: 0 } }),
  isNegative: () => ({ types: ['number'], keywords: { exclusiveMaximum: 0 } }),
  isDivisibleBy: ([divisor]) => ({
    types: ['number'],
    ...limit('multipleOf', Math.trunc(Math.abs(Number(divisor))) || undefined),
  }),
  isLatitude: () => ({ types: ['number', 'string'], words: true }),
  isLongitude: () => ({ types: ['number', 'string'], words: true }),
  // strings
  isLength: ([least, most]) => ({
    types: ['string'],
    keywords: { ...atLeast('minLength', least), ...atMost('maxLength', most) },
  }),
  minLength: ([least]) => ({ types: ['string'], keywords: atLeast('minLength', least) }),
  maxLength: ([most]) => ({ types: ['string'], keywords: atMost('maxLength', most) }),
  isNotEmpty: () => ({ keywords: { minLength: 1 } }),
  matches: ([pattern, flags]) => ({ types: ['string'], ...matching(pattern, flags) }),
  isUuid: ([version]) => ({ types: ['string'], keywords: { format: 'uuid' }, ...uuidVersion(version) }),
  isIp: ([version]) => ({
    types: ['string'],
    ...(String(version) === '4' ? { keywords: { format: 'ipv4' } } : { words: true }),
  }),
  minDate: () => ({ types: ['string'], words: true }),
  maxDate: () => ({ types: ['string'], words: true }),
  // values
  isEnum: ([entity]) => oneOf(enumValues(entity as Readonly<Record<string, unknown>>)),
  isIn: ([values]) => oneOf(Array.isArray(values) ? values : []),
  isNotIn: ([values]) => noneOf(Array.isArray(values) ? values : []),
  equals: ([value]) => oneOf([value]),
  notEquals: ([value]) => noneOf([value]),
  isEmpty: () => ({ keywords: { enum: ['', null] }, absent: true }),
  // lists and objects
  arrayMinSize: ([least]) => ({ types: ['array'], keywords: atLeast('minItems', least) }),
  arrayMaxSize: ([most]) => ({ types: ['array'], keywords: atMost('maxItems', most) }),
  arrayNotEmpty: () => ({ types: ['array'], keywords: { minItems: 1 } }),
  arrayUnique: () => ({ types: ['array'], keywords: { uniqueItems: true } }),
  arrayContains: () => ({ types: ['array'], words: true }),
  arrayNotContains: () => ({ types: ['array'], words: true }),
  isNotEmptyObject: () => ({ types: ['object'], keywords: { minProperties: 1 } }),
};

/** Validators of strings whose rule no keyword can say, or a format would say more strictly. */
const TEXTS: ReadonlySet<string> = new Set(
  `contains notContains isAlpha isAlphanumeric isAscii isBIC isBase32 isBase58 isBase64 isBooleanString isBtcAddress isByteLength
  isCreditCard isCurrency isDataURI isDateString isDecimal isEAN isEmail isEthereumAddress IsFirebasePushId isFqdn isFullWidth
  isHalfWidth isHash isHexadecimal isHexColor isHSL isIBAN isIdentityCard isIsbn isIsin isISO31661Alpha2 isISO31661Alpha3
  isISO31661Numeric isISO4217CurrencyCode isISO6391 isIso8601 isISRC isISSN isJson isJwt isLatLong isLocale isLowercase isMacAddress
  isMagnetURI isMilitaryTime isMimeType isMobilePhone isMongoId isMultibyte isNumberString isOctal isPassportNumber isPhoneNumber
  isPort isPostalCode isRFC3339 isRgbColor isSemVer isStrongPassword isSurrogatePair isTaxId isTimeZone isUppercase isUrl
  isVariableWidth`.split(/\s+/),
);

function limit(keyword: string, value: unknown): Saying {
  return typeof value === 'number' && Number.isFinite(value)
    ? { keywords: { [keyword]: value } }
    : { words: true };
}

function atLeast(keyword: string, value: unknown): JsonSchema {
  return typeof value === 'number' && value > 0 && Number.isFinite(value)
    ? { [keyword]: Math.ceil(value) }
    : {};
}

function atMost(keyword: string, value: unknown): JsonSchema {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value)
    ? { [keyword]: Math.floor(value) }
    : {};
}

function decimalPlaces(options: unknown): Saying {
  const most = (options as { readonly maxDecimalPlaces?: number } | undefined)?.maxDecimalPlaces;
  return most === undefined ? {} : { words: `must have at most ${most} decimal places` };
}

function uuidVersion(version: unknown): Saying {
  const any = version === undefined || version === 'all' || version === 'loose';
  return any ? {} : { words: `must be a UUID of version ${String(version).replaceAll(',', ' or ')}` };
}

function matching(pattern: unknown, flags: unknown): Saying {
  const published = plainPattern(pattern, flags);
  return published ? { keywords: { pattern: published.source } } : { words: `must match ${String(pattern)}` };
}

function isPlain(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);
}

function oneOf(values: readonly unknown[]): Saying {
  // What is no plain value is compared by identity, which nothing out of JSON has.
  const plain = [...new Set(values.filter(isPlain))];
  const absent = values.includes(undefined);
  if (plain.length === 0) return { words: true, absent };
  return { types: [...new Set(plain.map(jsonTypeOf))], keywords: { enum: plain }, absent };
}

function noneOf(values: readonly unknown[]): Saying {
  const plain = values.filter(isPlain);
  return plain.length === 0 ? { absent: true } : { keywords: { not: { enum: plain } }, absent: true };
}

function jsonTypeOf(value: string | number | boolean | null): JsonType {
  if (value === null) return 'null';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'string' ? 'string' : 'boolean';
}
