import { FrameworkError } from '../errors/framework-error.js';
import { registry } from '../metadata/registry.js';
import { docOf, readField } from './field-plan.js';
import { IN_HEADER } from './in-header.js';
import {
  TO_CLASS,
  TO_PLAIN,
  transformerStorage,
  type TransformerStorage,
  validatorsOf,
  type ValidatorMetadata,
} from './peer-libraries.js';
import type { ClassPlan, ConcreteClass, FieldPlan, PlanGathering, PlanTree } from './plan.js';
import type { Direction } from './schema.js';

/**
 * Reads what decorators say of a class and of all classes nested in it.
 *
 * @throws {FrameworkError} ERR_SCHEMA_TYPE
 */
export function readPlanTree(
  cls: ConcreteClass,
  where: string,
  { groups = [], direction = 'input' }: ReadOptions = {},
): PlanTree {
  const reader = new PlanReader(groups, direction);
  const root = reader.plan(cls, where);
  const converts = reader.converts && direction === 'input';
  return { root, all: [...reader.plans.values()], groups, converts };
}

/** What is read of a class. */
export interface ReadOptions {
  /** The groups whose decorators count; none: all decorators do. */
  readonly groups?: readonly string[];
  /** Whether it comes in, and is made an instance, or goes out, as an instance is shown. */
  readonly direction?: Direction;
}

/** Reads each class once, so that classes may hold each other. */
class PlanReader implements PlanGathering {
  readonly plans = new Map<ConcreteClass, ClassPlan>();
  readonly storage = transformerStorage();
  converts = false;
  readonly direction: Direction;
  readonly #groups: readonly string[];

  constructor(groups: readonly string[], direction: Direction) {
    this.#groups = groups;
    this.direction = direction;
  }

  plan(cls: ConcreteClass, where: string): ClassPlan {
    const known = this.plans.get(cls);
    if (known) return known;
    const byProperty = validatorsByProperty(cls, where, this.#groups);
    const byKey = new Map<string, FieldPlan>();
    const fields: FieldPlan[] = [];
    const nameOf = this.#naming(cls);
    const plan = { cls, fields, byKey, unchecked: this.#unchecked(cls, byProperty, nameOf) };
    this.plans.set(cls, plan);
    const made = [makeInstance(cls, where), makeInstance(cls, where)] as const;
    for (const [property, validators] of byProperty) {
      const key = nameOf(property);
      if (key === undefined || plan.unchecked.has(key)) continue;
      const field = readField(
        { cls, property, key, validators, made, where: `${cls.name}.${property} (${where})` },
        this,
      );
      fields.push(field);
      byKey.set(key, field);
    }
    this.#refuseUnpublished(plan, byProperty, where);
    return plan;
  }

  /** Of a field in a header something is published, here or in another group. */
  #refuseUnpublished({ cls, byKey }: ClassPlan, asked: ReadonlyMap<string, unknown>, where: string): void {
    const headers = registry.inherited(IN_HEADER, cls);
    if (headers.length === 0 || this.direction === 'output') return;
    const published = new Set([...byKey.values()].map(({ property }) => property));
    const missing = headers.filter(({ method = '' }) => !published.has(method));
    if (missing.length === 0) return;
    const elsewhere = new Set(validatorsOf(cls).map(({ propertyName }) => propertyName));
    const lost = missing.find(({ method = '' }) => asked.has(method) || !elsewhere.has(method));
    if (lost) throw unpublished(`${cls.name}.${lost.method ?? ''}`, where);
  }

  /** What results have that no validator speaks of: what is shown without one, as a getter, and what is converted on its way out. */
  #unchecked(
    cls: ConcreteClass,
    checked: ReadonlyMap<string, unknown>,
    nameOf: (property: string) => string | undefined,
  ): ReadonlyMap<string, string | undefined> {
    const { storage, direction } = this;
    if (direction === 'input' || !storage || !isShown(storage, cls)) return NOTHING;
    const isChecked = (property: string): boolean =>
      checked.has(property) && storage.findTransformMetadatas(cls, property, TO_PLAIN).length === 0;
    const shown = new Set([...checked.keys(), ...storage.getExposedProperties(cls, TO_PLAIN)]);
    return new Map(
      [...shown].flatMap((property) => {
        const key = isChecked(property) ? undefined : nameOf(property);
        return key === undefined ? [] : [[key, docOf(cls, property)]];
      }),
    );
  }

  /** How the fields of a class are named in JSON: undefined is one that class-transformer keeps out. */
  #naming(cls: ConcreteClass): (property: string) => string | undefined {
    const { storage } = this;
    if (!storage) return (property) => property;
    const strategy = storage.getStrategy(cls);
    const way = this.direction === 'input' ? TO_CLASS : TO_PLAIN;
    const kept = strategy === 'excludeAll' ? storage.getExposedProperties(cls, way) : undefined;
    const excluded = storage.getExcludedProperties(cls, way);
    return (property) => {
      const exposed = storage.findExposeMetadata(cls, property);
      const isExcluded = excluded.includes(property);
      if (exposed || isExcluded || strategy !== 'none') this.converts = true;
      const isGrouped = (exposed?.options?.groups?.length ?? 0) > 0;
      const hidden = isExcluded || isGrouped || kept?.includes(property) === false;
      return hidden ? undefined : (exposed?.options?.name ?? property);
    };
  }
}

const NOTHING: ReadonlyMap<string, undefined> = new Map<string, undefined>();

/** Whether class-transformer is asked how an instance looks: results of other classes are sent as they are. */
function isShown(storage: TransformerStorage, cls: ConcreteClass): boolean {
  return (
    storage.getStrategy(cls) !== 'none' ||
    storage.getExposedProperties(cls, TO_PLAIN).length > 0 ||
    storage.getExcludedProperties(cls, TO_PLAIN).length > 0
  );
}

/** The validators of each field: the first ancestor's first, then in the order of the text. */
function validatorsByProperty(
  cls: ConcreteClass,
  where: string,
  groups: readonly string[],
): ReadonlyMap<string, readonly ValidatorMetadata[]> {
  const found = validatorsOf(cls, groups);
  if (found.length === 0) throw undecorated(cls, where, groups);
  const grouped = new Map<string, ValidatorMetadata[]>();
  for (const metadata of ancestorsFirst(cls, found)) {
    const validators = grouped.get(metadata.propertyName);
    if (validators) validators.push(metadata);
    else grouped.set(metadata.propertyName, [metadata]);
  }
  return grouped;
}

function ancestorsFirst(
  cls: ConcreteClass,
  found: readonly ValidatorMetadata[],
): readonly ValidatorMetadata[] {
  if (found.every(({ target }) => target === cls)) return found;
  return found.toSorted((a, b) => depthOf(cls, b.target) - depthOf(cls, a.target));
}

function undecorated(cls: ConcreteClass, where: string, groups: readonly string[]): FrameworkError {
  const [group] = groups;
  return new FrameworkError('ERR_SCHEMA_TYPE', {
    where,
    seen: `no field of class ${cls.name} has a decorator of class-validator${group === undefined ? '' : ` in ${groups.join(' or ')}`}`,
    cure:
      group === undefined
        ? `Decorate the fields of ${cls.name}, as in "@IsString() city!: string", or give a Standard Schema.`
        : `Write { groups: ['${group}'] } or { always: true } into the decorators of ${cls.name} that are meant.`,
  });
}

/** Clients would never hear that it has a header. */
function unpublished(field: string, where: string): FrameworkError {
  return new FrameworkError('ERR_DECORATOR_MISUSE', {
    decorator: '@InHeader',
    target: `${field} (${where})`,
    problem: 'stands on a field that no validator makes an argument',
    cure: `Put a decorator of class-validator above ${field}, or take @InHeader off.`,
  });
}

function depthOf(cls: ConcreteClass, target: unknown): number {
  let depth = 0;
  for (
    let each: unknown = cls;
    typeof each === 'function' && each !== target;
    each = Object.getPrototypeOf(each)
  )
    depth++;
  return depth;
}

function makeInstance(cls: ConcreteClass, where: string): object {
  try {
    return new cls();
  } catch (error) {
    throw new FrameworkError(
      'ERR_SCHEMA_TYPE',
      {
        where,
        seen: `class ${cls.name} cannot be made without arguments: ${error instanceof Error ? error.message : String(error)}`,
        cure: `Let the constructor of ${cls.name} do without parameters; its fields are filled in afterwards.`,
      },
      { cause: error },
    );
  }
}
