import { FrameworkError } from '../errors/framework-error.js';
import { compileSchema } from '../schema/compile.js';
import type { CompiledSchema, JsonSchema, SchemaSource } from '../schema/schema.js';

/** A choice of one among some values; a record gives each value the words people read. */
export class Choice<V extends string = string> {
  readonly titles: ReadonlyMap<V, string | undefined>;
  readonly many: boolean;

  constructor(titles: ReadonlyMap<V, string | undefined>, many: boolean) {
    this.titles = titles;
    this.many = many;
  }
}

type Choices<V extends string> = readonly V[] | readonly [Readonly<Record<V, string>>];

/** One of these values, for `ctx.elicit()`: `choice('low', 'high')`, or with words for people `choice({ low: 'Low', high: 'High' })`. */
export function choice<V extends string>(...of: Choices<V>): Choice<V> {
  return new Choice(titlesOf(of), false);
}

/** Any of these values, for `ctx.elicit()`. */
export function choices<V extends string>(...of: Choices<V>): Choice<V> & { readonly many: true } {
  return new Choice(titlesOf(of), true) as Choice<V> & { readonly many: true };
}

function titlesOf<V extends string>(of: Choices<V>): ReadonlyMap<V, string | undefined> {
  const [first] = of;
  if (typeof first === 'object') return new Map(Object.entries(first) as [V, string][]);
  return new Map((of as readonly V[]).map((value) => [value, undefined]));
}

/** What may be asked of a person: one plain value, a choice, or a flat form as a class or a Standard Schema. */
export type ElicitType<T = unknown> =
  StringConstructor | NumberConstructor | BooleanConstructor | Choice | SchemaSource<T>;

/** The value a person gives to a type. */
export type Elicited<E> = E extends StringConstructor
  ? string
  : E extends NumberConstructor
    ? number
    : E extends BooleanConstructor
      ? boolean
      : E extends Choice<infer V>
        ? E extends { readonly many: true }
          ? V[]
          : V
        : E extends SchemaSource<infer T>
          ? T
          : never;

/** A form as it is sent, and how its content becomes the value that was asked for. */
export interface ElicitForm {
  readonly json: JsonSchema;
  /** Checks a whole form; undefined where its one field is checked by `admits`. */
  readonly schema?: CompiledSchema;
  /** The value of a form with a single field. */
  readonly field?: { readonly admits: (value: unknown) => boolean };
}

const made = new WeakMap<object, ElicitForm>();

/**
 * A type as a form.
 *
 * @throws {FrameworkError} ERR_ELICIT_FORM for what is not flat: clients show fields, not trees.
 */
export function elicitForm(type: ElicitType): ElicitForm {
  const known = made.get(type);
  if (known) return known;
  const form = plainForm(type) ?? schemaForm(type as SchemaSource);
  made.set(type, form);
  return form;
}

function plainForm(type: ElicitType): ElicitForm | undefined {
  if (type instanceof Choice) {
    const values: readonly unknown[] = [...type.titles.keys()];
    return single(choiceJson(type), (value) =>
      type.many
        ? Array.isArray(value) && value.every((each) => values.includes(each))
        : values.includes(value),
    );
  }
  if (type === String) return single({ type: 'string' }, (value) => typeof value === 'string');
  if (type === Number) return single({ type: 'number' }, (value) => typeof value === 'number');
  if (type === Boolean) return single({ type: 'boolean' }, (value) => typeof value === 'boolean');
  return undefined;
}

function single(json: JsonSchema, admits: (value: unknown) => boolean): ElicitForm {
  return {
    json: { type: 'object', properties: { value: json }, required: ['value'] },
    field: { admits },
  };
}

function choiceJson({ titles, many }: Choice): JsonSchema {
  const titled = [...titles].map(([value, title]) => ({ const: value, title: title ?? value }));
  const plain = [...titles.values()].every((title) => title === undefined);
  if (many)
    return { type: 'array', items: plain ? { type: 'string', enum: [...titles.keys()] } : { anyOf: titled } };
  return plain ? { type: 'string', enum: [...titles.keys()] } : { type: 'string', oneOf: titled };
}

function schemaForm(source: SchemaSource): ElicitForm {
  const name = 'name' in source && typeof source.name === 'string' ? source.name : 'the schema';
  const schema = compileSchema(source, `the form ${name}`);
  const { properties = {}, required } = schema.json as {
    properties?: Readonly<Record<string, JsonSchema>>;
    required?: readonly string[];
  };
  const fields = Object.entries(properties).map(([field, json]) => [field, fieldJson(json, name, field)]);
  return {
    schema,
    json: {
      type: 'object',
      properties: Object.fromEntries(fields) as JsonSchema,
      ...(required && { required }),
    },
  };
}

/** The keywords the protocol knows in a form. */
const KEYWORDS: ReadonlySet<string> = new Set(
  'type title description minLength maxLength format default enum enumNames oneOf minimum maximum items minItems maxItems'.split(
    ' ',
  ),
);
const FORMATS: ReadonlySet<unknown> = new Set(['email', 'uri', 'date', 'date-time']);

function fieldJson(json: JsonSchema, form: string, field: string): JsonSchema {
  // A field left out is left out: forms know no null.
  const types = [json.type].flat().filter((type) => type !== 'null');
  const flat = { ...json, ...(types.length === 1 && { type: types[0] }) };
  if (!isField(flat))
    throw new FrameworkError('ERR_ELICIT_FORM', { form, field, seen: JSON.stringify(json.type ?? json) });
  return Object.fromEntries(
    Object.entries(flat).filter(
      ([keyword, value]) => KEYWORDS.has(keyword) && (keyword !== 'format' || FORMATS.has(value)),
    ),
  );
}

function isField(json: JsonSchema): boolean {
  if (json.type === 'array') {
    const items = json.items as JsonSchema | undefined;
    return Array.isArray(items?.enum) || Array.isArray(items?.anyOf);
  }
  if (json.type === undefined) return Array.isArray(json.enum);
  return ['string', 'number', 'integer', 'boolean'].includes(json.type as string);
}
