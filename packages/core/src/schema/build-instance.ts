import { readDateTime } from './date-time.js';
import { isObject } from './guards.js';
import type { ClassPlan, FieldPlan, NestedPlan } from './plan.js';

/** Makes an instance of a class out of plain properties; undefined if it refuses one. */
export type Build = (input: object, lenient: boolean) => object | undefined;

/**
 * Compiles how instances of a class are made: a fresh one, into which known properties are copied.
 *
 * A lenient build leaves out what it does not know, so that the rest can be checked; the other refuses it.
 */
export function compileBuild(plan: ClassPlan): Build {
  return new Builds().of(plan);
}

type Convert = (value: unknown, lenient: boolean) => unknown;

interface Slot {
  /** Undefined for what is admitted but not kept. */
  readonly property: string | undefined;
  readonly convert: Convert | undefined;
}

/** The value of a property that refuses the whole. */
const REFUSED = Symbol('refused');

class Builds {
  readonly #builds = new Map<ClassPlan, Build>();
  readonly #converts = new Map<NestedPlan, Convert>();

  of(plan: ClassPlan): Build {
    const known = this.#builds.get(plan);
    if (known) return known;
    const slots = new Map<string, Slot>();
    const build = compile(plan, slots);
    this.#builds.set(plan, build);
    this.#fill(slots, plan);
    return build;
  }

  #fill(slots: Map<string, Slot>, plan: ClassPlan): void {
    for (const field of plan.fields)
      slots.set(field.key, { property: field.property, convert: this.#convertOf(field) });
    for (const key of plan.unchecked.keys()) slots.set(key, { property: undefined, convert: undefined });
  }

  #convertOf(field: FieldPlan): Convert | undefined {
    const one = field.nested ? this.#nested(field.nested) : field.date ? toDate : undefined;
    return one && field.list ? (value, lenient) => convertAll(value, one, lenient) : one;
  }

  #nested(nested: NestedPlan): Convert {
    const known = this.#converts.get(nested);
    if (known) return known;
    // Set before it is filled: a class may be nested in itself.
    const choices = new Map<unknown, Build>();
    const convert = nested.is === 'class' ? this.#single(nested.plan) : chosen(nested.property, choices);
    this.#converts.set(nested, convert);
    if (nested.is === 'choice')
      for (const [name, plan] of nested.choices) choices.set(name, this.#choice(plan, nested));
    return convert;
  }

  #single(plan: ClassPlan): Convert {
    const build = this.of(plan);
    return (value, lenient) => (isObject(value) ? (build(value, lenient) ?? REFUSED) : value);
  }

  /** The property that chooses may stand in the input without being a field. */
  #choice(plan: ClassPlan, { property, keep }: NestedPlan & { is: 'choice' }): Build {
    const slots = new Map<string, Slot>([
      [property, { property: keep ? property : undefined, convert: undefined }],
    ]);
    this.#fill(slots, plan);
    return compile(plan, slots);
  }
}

function compile({ cls }: ClassPlan, slots: ReadonlyMap<string, Slot>): Build {
  return (input, lenient) => {
    const instance = new cls() as Record<string, unknown>;
    for (const key in input) {
      const given = (input as Readonly<Record<string, unknown>>)[key];
      if (given === undefined) continue;
      const slot = slots.get(key);
      if (slot === undefined && !lenient) return undefined;
      if (slot?.property === undefined) continue;
      const value = slot.convert === undefined ? given : slot.convert(given, lenient);
      if (value === REFUSED) return undefined;
      instance[slot.property] = value;
    }
    return instance;
  };
}

function convertAll(value: unknown, one: Convert, lenient: boolean): unknown {
  if (!Array.isArray(value)) return value;
  const converted = new Array<unknown>(value.length);
  for (let index = 0; index < value.length; index++) {
    const item = one(value[index], lenient);
    if (item === REFUSED) return REFUSED;
    converted[index] = item;
  }
  return converted;
}

function chosen(property: string, choices: ReadonlyMap<unknown, Build>): Convert {
  return (value, lenient) => {
    if (!isObject(value)) return value;
    const build = choices.get(value[property]);
    return build?.(value, lenient) ?? (lenient ? value : REFUSED);
  };
}

function toDate(value: unknown): unknown {
  return typeof value === 'string' ? (readDateTime(value) ?? value) : value;
}
