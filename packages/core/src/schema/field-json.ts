import { combineKeywords, combineTypes } from './combine-keywords.js';
import type { JsonType, PlainType } from './keywords.js';
import { MIRRORED } from './mirrored-arguments.js';
import type { FieldPlan } from './plan.js';
import { admitNull } from './admit-null.js';
import { phraseOf, type Rule } from './rule.js';
import type { JsonSchema } from './schema.js';

/**
 * Writes the JSON Schema of one field; what keywords cannot say goes into the description.
 *
 * Of a field that is converted before it is checked, nothing but words can be said.
 */
export function fieldJson(field: FieldPlan, nested: JsonSchema | undefined, converts: boolean): JsonSchema {
  const loose = field.loose || (converts && field.retyped);
  const value = loose ? {} : valueJson(field, nested);
  const { type, ...keywords } = field.optional && !loose ? admitNull(value) : value;
  const description = describe(field, loose, value);
  return {
    ...(type !== undefined && { type }),
    ...(description !== '' && { description }),
    ...keywords,
    ...(field.default?.value !== undefined && { default: field.default.value }),
    ...(field.header !== undefined && { [MIRRORED]: field.header }),
  };
}

function valueJson(field: FieldPlan, nested: JsonSchema | undefined): JsonSchema {
  const own = said(field.rules.filter((rule) => !rule.metadata.each));
  const one = nested ?? (field.date ? DATE_TIME : undefined);
  if (field.list) {
    const { uniqueItems: _ofItems, ...each } = said(field.rules.filter((rule) => rule.metadata.each));
    const items = one ?? each;
    const { uniqueItems, ...keywords } = own;
    // JSON Schema compares objects by what is in them, class-validator by identity.
    const unique = uniqueItems !== undefined && PLAIN.has(items['type']);
    return {
      ...keywords,
      type: 'array',
      ...(Object.keys(items).length > 0 && { items }),
      ...(unique && { uniqueItems }),
    };
  }
  if (!one) return own.type === undefined && field.type ? typed(own, field.type) : own;
  // The check sees an instance, whose fields are there even if they were not given.
  const { minProperties: _ofInstance, ...keywords } = own;
  return { ...keywords, ...one };
}

function typed({ minLength, ...keywords }: JsonSchema, type: PlainType): JsonSchema {
  return { ...keywords, ...(type === 'string' && minLength !== undefined && { minLength }), type };
}

const DATE_TIME: JsonSchema = { type: 'string', format: 'date-time' };
const PLAIN: ReadonlySet<unknown> = new Set(['string', 'number', 'integer', 'boolean']);

/** What keywords say of the validators that always apply. */
function said(rules: readonly Rule[]): JsonSchema {
  const always = rules.filter((rule) => rule.saying !== undefined && !rule.metadata.validateIf);
  const types = combineTypes(always.flatMap((rule) => (rule.saying?.types ? [rule.saying.types] : [])));
  const keywords = combineKeywords(always.map((rule) => rule.saying?.keywords ?? {}));
  const { minLength, ...others } = keywords;
  const measured = minLength !== undefined && (types === undefined || types.includes('string'));
  return { ...(types && { type: toType(types) }), ...(measured && { minLength }), ...others };
}

function toType(types: readonly JsonType[]): JsonType | readonly JsonType[] {
  const fewest = types.includes('number') ? types.filter((type) => type !== 'integer') : types;
  const [first, second] = fewest;
  return first !== undefined && second === undefined ? first : fewest;
}

function describe(field: FieldPlan, loose: boolean, value: JsonSchema): string {
  const phrases = field.rules.map((rule) => {
    const sometimes = rule.metadata.validateIf !== undefined;
    const phrase = phraseOf(rule, loose || sometimes || isUnsaid(rule, value));
    return phrase !== undefined && sometimes ? `${phrase} (in some cases)` : phrase;
  });
  const words = [...new Set(phrases.filter((phrase) => phrase !== undefined))].join('; ');
  const rule = field.conditions.length > 0 && words !== '' ? `in some cases: ${words}` : words;
  return [field.doc, toSentence(rule)].filter((part) => part !== undefined && part !== '').join(' ');
}

/** Whether a keyword of the validator was left out, because here it would refuse more. */
function isUnsaid({ saying }: Rule, value: JsonSchema): boolean {
  return ['uniqueItems', 'minProperties'].some(
    (keyword) => saying?.keywords?.[keyword] !== undefined && value[keyword] === undefined,
  );
}

function toSentence(words: string): string {
  if (words === '') return '';
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.!?]$/.test(words) ? '' : '.'}`;
}
