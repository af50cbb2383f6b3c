import 'reflect-metadata';
import { Exclude, Expose, Transform, Type } from 'class-transformer';
import * as cv from 'class-validator';
import fc from 'fast-check';
import { FrameworkError } from '../../src/errors/framework-error.js';
import { toPlain } from '../../src/mcp/plain.js';
import { compileSchema } from '../../src/schema/compile.js';
import { inGroups } from '../../src/schema/in-groups.js';
import type { CompiledSchema, SchemaSource, Validation } from '../../src/schema/schema.js';
import { field } from './families.js';
import { validatorOf } from './published.js';

// The same cases each time: a check before landing must not depend on luck.
fc.configureGlobal({ seed: 20_261_126 });

type Generated = typeof field extends fc.Arbitrary<infer T> ? T : never;

/** A schema of decorators that do not contradict each other. */
const compile = (source: unknown, direction: 'input' | 'output' = 'input'): CompiledSchema => {
  try {
    return compileSchema(source as SchemaSource, 'Query', { direction });
  } catch (error) {
    fc.pre(!FrameworkError.is(error));
    throw error;
  }
};
const decorate = (target: object, name: string, of: Generated): void => {
  if (of.designed) Reflect.defineMetadata('design:type', of.designed, target, name);
  for (const each of [...of.decorators, ...(of.optional ? [cv.IsOptional()] : [])]) each(target, name);
};
/** Counts what the check accepts, and refuses what the published schema then does not. */
const compared = (schema: CompiledSchema, values: readonly unknown[]): number => {
  const published = validatorOf(schema.json);
  let accepted = 0;
  for (const value of values) {
    if (!(schema.validate(value) as Validation).ok) continue;
    accepted++;
    if (!published(value))
      throw new Error(`refused: ${JSON.stringify(value)} by ${JSON.stringify(schema.json)}`);
  }
  return accepted;
};
/** Calls with the values of each field in turn. */
const calls = (named: Readonly<Record<string, Generated>>): readonly object[] =>
  Array.from({ length: 4 }, (_, round) =>
    Object.fromEntries(
      Object.entries(named).flatMap(([name, { given }]) =>
        given[round] === undefined ? [] : [[name, given[round]]],
      ),
    ),
  );

test('fields of ancestors, decorated anew in the class that extends them', () => {
  let accepted = 0;
  fc.assert(
    fc.property(field, field, field, fc.boolean(), (above, anew, own, initial) => {
      class Entity {}
      class Issue extends Entity {}
      decorate(Entity.prototype, 'it', above);
      decorate(Issue.prototype, 'it', { ...anew, decorators: anew.decorators.slice(0, 1) });
      decorate(Issue.prototype, 'own', own);
      class Filled extends Issue {
        own = initial ? own.given[0] : undefined;
      }
      for (const cls of [Issue, Filled])
        accepted += compared(compile(cls), [...calls({ it: above, own }), ...calls({ it: anew, own })]);
    }),
    { numRuns: 40 },
  );
  expect(accepted).toBeGreaterThan(50);
});

test('a class in some of its validation groups', () => {
  let accepted = 0;
  const groups = fc.subarray(['create', 'update'], { minLength: 0 });
  const grouped = fc.record({ of: field, groups: fc.array(groups, { minLength: 3, maxLength: 3 }) });
  /** The same decorators, each in groups of its own: they are read back from where class-validator keeps them. */
  const inOwnGroups = (cls: new () => object, names: readonly string[], all: readonly string[][][]) => {
    const storage = cv.getMetadataStorage();
    for (const [index, name] of names.entries())
      for (const [at, metadata] of storage
        .getTargetValidationMetadatas(cls, '', true, false)
        .filter(({ propertyName }) => propertyName === name)
        .entries())
        metadata.groups = all[index]?.[at] ?? [];
  };
  fc.assert(
    fc.property(grouped, grouped, (first, second) => {
      class Query {}
      decorate(Query.prototype, 'a', first.of);
      decorate(Query.prototype, 'b', second.of);
      inOwnGroups(Query, ['a', 'b'], [first.groups, second.groups]);
      const values = [
        ...calls({ a: first.of, b: second.of }),
        ...calls({ a: first.of }),
        ...calls({ b: second.of }),
        {},
      ];
      for (const source of [Query, inGroups(Query, 'create'), inGroups(Query, 'update', 'create')])
        accepted += compared(compile(source), values);
    }),
    { numRuns: 40 },
  );
  expect(accepted).toBeGreaterThan(50);
});

test('validators of the author, conditions, and validators that only sometimes apply', () => {
  let accepted = 0;
  const Own = (admits: (value: unknown) => boolean): PropertyDecorator =>
    cv.ValidateBy({
      name: 'own',
      validator: { validate: admits, defaultMessage: () => '$property must please' },
    });
  fc.assert(
    fc.property(field, field, fc.nat(5), fc.boolean(), (of, other, way, flag) => {
      class Query {}
      decorate(Query.prototype, 'it', of);
      decorate(Query.prototype, 'other', other);
      const also: readonly PropertyDecorator[] = [
        Own(() => flag),
        Own((value) => typeof value === 'string'),
        cv.ValidateIf((object: { other?: unknown }) => object.other === undefined),
        cv.ValidateIf((_, value) => value !== null),
        cv.IsString({ validateIf: (object: { other?: unknown }) => object.other !== undefined }),
        cv.IsIn(['a', 1], { validateIf: (_, value) => typeof value === 'number' }),
      ];
      also[way]?.(Query.prototype, 'it');
      accepted += compared(compile(Query), [
        ...calls({ it: of, other }),
        ...calls({ it: of }),
        ...calls({ other }),
        { it: null },
        {},
      ]);
    }),
    { numRuns: 40 },
  );
  expect(accepted).toBeGreaterThan(50);
});

test('fields that class-transformer names anew or converts, beside others and in nested classes', () => {
  let accepted = 0;
  const way = fc.constantFrom<PropertyDecorator>(
    Expose({ name: 'named' }),
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value)),
    Transform(() => undefined),
    Type(() => Number),
    Type(() => String),
    Type(() => Boolean),
    Type(() => Date),
    Expose(),
  );
  fc.assert(
    fc.property(field, field, way, fc.boolean(), fc.boolean(), (of, other, convert, list, optional) => {
      class Item {}
      decorate(Item.prototype, 'it', of);
      convert(Item.prototype, 'it');
      decorate(Item.prototype, 'other', other);
      class Query {}
      decorate(Query.prototype, 'other', other);
      cv.ValidateNested({ each: list })(Query.prototype, 'items');
      Type(() => Item)(Query.prototype, 'items');
      if (optional) cv.IsOptional()(Query.prototype, 'items');
      const items = [...calls({ it: of, other }), ...calls({ named: of, other }), ...calls({ other })];
      accepted += compared(compile(Item), items);
      const outer = items.flatMap((item, round) => {
        const rest = other.given[round % 4] === undefined ? {} : { other: other.given[round % 4] };
        return [item, [item], [item, item], [], null, [null]].map((value) => ({ ...rest, items: value }));
      });
      accepted += compared(compile(Query), [...outer, ...calls({ other })]);
    }),
    { numRuns: 40 },
  );
  expect(accepted).toBeGreaterThan(50);
});

test('results, as class-transformer sends them', () => {
  let accepted = 0;
  const way = fc.constantFrom<PropertyDecorator>(
    Expose({ name: 'named' }),
    Expose(),
    Exclude({ toPlainOnly: true }),
    Exclude({ toClassOnly: true }),
    Exclude(),
    Transform(({ value }: { value: unknown }) => (value === undefined ? value : String(value))),
    Transform(() => 1, { toPlainOnly: true }),
    Type(() => Date),
    Type(() => String),
  );
  const whole = fc.constantFrom<ClassDecorator | undefined>(
    undefined,
    Expose() as ClassDecorator,
    Exclude() as ClassDecorator,
  );
  fc.assert(
    fc.property(field, field, way, whole, (of, other, shown, strategy) => {
      class Item {
        get shown() {
          return 'always';
        }
      }
      decorate(Item.prototype, 'it', of);
      shown(Item.prototype, 'it');
      decorate(Item.prototype, 'other', other);
      Expose()(Item.prototype, 'shown');
      strategy?.(Item);
      class Page {}
      cv.ValidateNested({ each: true })(Page.prototype, 'items');
      Type(() => Item)(Page.prototype, 'items');
      const items = [...calls({ it: of, other }), ...calls({ other })].map((each) =>
        Object.assign(new Item(), each),
      );
      const sent = items.map((item) => toPlain(item));
      accepted += compared(compile(Item, 'output'), sent);
      const pages = items.map((item) => toPlain(Object.assign(new Page(), { items: [item, item] })));
      accepted += compared(compile(Page, 'output'), pages);
    }),
    { numRuns: 100 },
  );
  expect(accepted).toBeGreaterThan(50);
});

test('names that every object has, and names that JSON Schema and URIs write otherwise', () => {
  let accepted = 0;
  const name = fc.constantFrom(
    'constructor',
    'toString',
    'hasOwnProperty',
    'a/b',
    'a~1b',
    '%25',
    '$ref',
    '',
    'ü',
    '0',
  );
  fc.assert(
    fc.property(field, field, name, (of, other, named) => {
      class Query {}
      decorate(Query.prototype, named, of);
      decorate(Query.prototype, 'other', other);
      accepted += compared(compile(Query), [...calls({ [named]: of, other }), ...calls({ other }), {}]);
    }),
    { numRuns: 80 },
  );
  expect(accepted).toBeGreaterThan(50);
});
