import { isObject } from './guards.js';
import type { JsonType } from './keywords.js';

/** The words that are read as true and false, in small letters. */
export type BooleanWords = ReadonlyMap<string, boolean>;

/** Those of JSON. */
export const TRUE_AND_FALSE: BooleanWords = new Map([
  ['true', true],
  ['false', false],
]);

/** Those of texts that people write. */
export const WORDS: BooleanWords = new Map([
  ...TRUE_AND_FALSE,
  ['1', true],
  ['yes', true],
  ['0', false],
  ['no', false],
]);

/**
 * Reads a text as one of the types that are declared where it stands; the text itself, if it is none of them.
 *
 * Numbers are those of JSON: no empty text, no leading zeros, and no whole number with more digits than would be kept.
 */
export function readText(text: string, types: readonly JsonType[], words: BooleanWords): unknown {
  const trimmed = text.trim();
  const number = readNumber(trimmed, types);
  if (number !== undefined) return number;
  const boolean = types.includes('boolean') ? words.get(trimmed.toLowerCase()) : undefined;
  if (boolean !== undefined) return boolean;
  if (trimmed === 'null' && types.includes('null')) return null;
  return readContainer(trimmed, types) ?? text;
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function readNumber(text: string, types: readonly JsonType[]): number | undefined {
  const whole = !types.includes('number');
  if ((whole && !types.includes('integer')) || !NUMBER.test(text)) return undefined;
  const number = Number(text);
  const kept = whole || /^-?\d+$/.test(text) ? Number.isSafeInteger(number) : Number.isFinite(number);
  return kept ? number : undefined;
}

function readContainer(text: string, types: readonly JsonType[]): object | undefined {
  const type = text.startsWith('[') ? 'array' : text.startsWith('{') ? 'object' : undefined;
  if (type === undefined || !types.includes(type)) return undefined;
  try {
    const value = JSON.parse(text) as object;
    return isHarmless(value, DEEPEST) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** How deep arrays and objects of a text may nest: as deep as those of a message. */
const DEEPEST = 64;

/** A text within a message has not been looked at by whoever read the message. */
function isHarmless(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (depth === 0) return false;
  if (Array.isArray(value)) return value.every((item) => isHarmless(item, depth - 1));
  return Object.entries(value).every(
    ([key, member]) =>
      key !== '__proto__' &&
      !(key === 'constructor' && isObject(member) && Object.hasOwn(member, 'prototype')) &&
      isHarmless(member, depth - 1),
  );
}
