import { fieldJson } from './field-json.js';
import type { ClassPlan, FieldPlan, PlanTree } from './plan.js';
import type { JsonSchema } from './schema.js';

/** Writes the JSON Schema of a class: nested classes stand inside, those that hold themselves in `$defs`. */
export function classJson(tree: PlanTree): JsonSchema {
  const writer = new ClassWriter(tree.converts);
  return writer.write(tree.root);
}

class ClassWriter {
  readonly #converts: boolean;
  readonly #names = new Map<ClassPlan, string>();

  constructor(converts: boolean) {
    this.#converts = converts;
  }

  write(root: ClassPlan): JsonSchema {
    const json = this.#object(root, []);
    const definitions: Record<string, JsonSchema> = {};
    // A definition may name further ones, which the loop then comes to.
    for (const [plan, name] of this.#names) definitions[name] = this.#object(plan, []);
    return this.#names.size === 0 ? json : { ...json, $defs: definitions };
  }

  #object(plan: ClassPlan, around: readonly ClassPlan[]): JsonSchema {
    const inside = [...around, plan];
    const required = plan.fields.filter((field) => field.required).map((field) => field.key);
    return {
      type: 'object',
      properties: Object.fromEntries([
        ...plan.fields.map((field) => [field.key, this.#field(field, inside)] as const),
        ...[...plan.unchecked].map(
          ([key, doc]) => [key, doc === undefined ? {} : { description: doc }] as const,
        ),
      ]),
      ...(required.length > 0 && { required }),
      additionalProperties: false,
    };
  }

  #field(field: FieldPlan, around: readonly ClassPlan[]): JsonSchema {
    return fieldJson(field, this.#nested(field, around), this.#converts);
  }

  #nested({ nested }: FieldPlan, around: readonly ClassPlan[]): JsonSchema | undefined {
    if (!nested) return undefined;
    if (nested.is === 'class') return this.#reference(nested.plan, around);
    const choices = [...nested.choices].map(([name, plan]) =>
      withProperty(this.#object(plan, around), nested.property, name),
    );
    return { oneOf: choices };
  }

  #reference(plan: ClassPlan, around: readonly ClassPlan[]): JsonSchema {
    return around.includes(plan) ? { $ref: `#/$defs/${this.#nameOf(plan)}` } : this.#object(plan, around);
  }

  #nameOf(plan: ClassPlan): string {
    const known = this.#names.get(plan);
    if (known !== undefined) return known;
    const wanted = plan.cls.name.replace(/\W/g, '') || 'Class';
    const taken = new Set(this.#names.values());
    let name = wanted;
    for (let count = 2; taken.has(name); count++) name = `${wanted}${count}`;
    this.#names.set(plan, name);
    return name;
  }
}

/** The schema of one choice: the property that chooses it has to be there. */
function withProperty(json: JsonSchema, property: string, name: string): JsonSchema {
  const properties = json['properties'] as Readonly<Record<string, JsonSchema>>;
  const required = (json['required'] as readonly string[] | undefined) ?? [];
  return {
    ...json,
    properties: { [property]: { const: name }, ...without(properties, property) },
    required: [property, ...required.filter((each) => each !== property)],
  };
}

function without(
  properties: Readonly<Record<string, JsonSchema>>,
  property: string,
): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => name !== property));
}
