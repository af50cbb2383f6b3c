import type { PlainType } from './keywords.js';
import type { TransformerStorage } from './peer-libraries.js';
import type { Rule } from './rule.js';
import type { Direction } from './schema.js';

/** A class that is made without arguments. */
export type ConcreteClass = new () => object;

/** What the decorators of a class say, read once. */
export interface ClassPlan {
  readonly cls: ConcreteClass;
  readonly fields: readonly FieldPlan[];
  /** The fields by their name in JSON. */
  readonly byKey: ReadonlyMap<string, FieldPlan>;
  /** What class-transformer puts into results and no validator speaks of: by its name in JSON, what its doc comment says. */
  readonly unchecked: ReadonlyMap<string, string | undefined>;
}

/** The plan of a class, and what holds for it together with all classes nested in it. */
export interface PlanTree {
  readonly root: ClassPlan;
  readonly all: readonly ClassPlan[];
  /** The groups whose decorators count; none: all decorators do. */
  readonly groups: readonly string[];
  /** Whether decorators of class-transformer convert values in one of them. */
  readonly converts: boolean;
}

/** What the decorators of one field say. */
export interface FieldPlan {
  /** Name in JSON. */
  readonly key: string;
  /** Name in the class. */
  readonly property: string;
  readonly doc: string | undefined;
  readonly rules: readonly Rule[];
  /** Of @ValidateIf: where one of them is false, nothing of the field is checked. */
  readonly conditions: readonly Condition[];
  /** Null and absence pass unchecked. */
  readonly optional: boolean;
  readonly required: boolean;
  /** Absence passes unchecked, because another check tells it. */
  readonly omittable: boolean;
  readonly list: boolean;
  readonly nested: NestedPlan | undefined;
  /** A date-time in JSON, a Date in the class. */
  readonly date: boolean;
  /** What the compiler's metadata says, where no validator does. */
  readonly type: PlainType | undefined;
  /** Whether what arrives is not what is checked: the schema then only says in words what is checked. */
  readonly loose: boolean;
  /** @Type of a plain type: converted, if anything in the tree is. */
  readonly retyped: boolean;
  /** What every fresh instance holds. */
  readonly default: { readonly value: unknown } | undefined;
  /** The header in which clients repeat it. */
  readonly header: string | undefined;
}

/** When a field is checked at all. */
export type Condition = (object: object, value: unknown) => unknown;

/** The class of a nested value, or several by the value of one of its properties. */
export type NestedPlan =
  | { readonly is: 'class'; readonly plan: ClassPlan }
  | {
      readonly is: 'choice';
      readonly property: string;
      readonly keep: boolean;
      readonly choices: ReadonlyMap<string, ClassPlan>;
    };

/** Where the plans of one tree are gathered while they are read. */
export interface PlanGathering {
  readonly storage: TransformerStorage | undefined;
  /** What is checked of results is what is sent: nothing is converted on the way. */
  readonly direction: Direction;
  /** Set by the first field that class-transformer converts. */
  converts: boolean;
  /** The plan of a class; one that is still being read gets its fields later. */
  plan(cls: ConcreteClass, where: string): ClassPlan;
}
