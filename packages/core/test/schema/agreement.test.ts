import 'reflect-metadata';
import * as cv from 'class-validator';
import { Type } from 'class-transformer';
import fc from 'fast-check';
import { FrameworkError } from '../../src/errors/framework-error.js';
import { compileSchema } from '../../src/schema/compile.js';
import type { Validation } from '../../src/schema/schema.js';
import { field } from './families.js';
import { validatorOf } from './published.js';

// The same cases each time: a check before landing must not depend on luck.
fc.configureGlobal({ seed: 20_261_124 });

const each = { each: true };

/** A schema of decorators that do not contradict each other. */
const compile = (cls: new () => object): ReturnType<typeof compileSchema> => {
  try {
    return compileSchema(cls, 'Query');
  } catch (error) {
    fc.pre(!FrameworkError.is(error));
    throw error;
  }
};

test('what the strict check accepts satisfies the published schema, whatever decorators are combined', () => {
  let accepted = 0;
  fc.assert(
    fc.property(fc.array(field, { minLength: 1, maxLength: 2 }), (fields) => {
      class Query {}
      for (const [index, { decorators, optional, designed }] of fields.entries()) {
        if (designed) Reflect.defineMetadata('design:type', designed, Query.prototype, `f${index}`);
        for (const decorate of [...decorators, ...(optional ? [cv.IsOptional()] : [])])
          decorate(Query.prototype, `f${index}`);
      }
      const schema = compile(Query);
      const published = validatorOf(schema.json);
      for (let round = 0; round < 4; round++) {
        const value = Object.fromEntries(
          fields.flatMap(({ given }, index) =>
            given[round] === undefined ? [] : [[`f${index}`, given[round]]],
          ),
        );
        const result = schema.validate(value) as { ok: boolean };
        if (!result.ok) continue;
        accepted++;
        if (!published(value))
          throw new Error(`refused: ${JSON.stringify(value)} by ${JSON.stringify(schema.json)}`);
      }
    }),
    { numRuns: 200 },
  );
  expect(accepted).toBeGreaterThan(50);
});

test('the strict check accepts nothing that class-validator refuses, whatever decorators are combined', () => {
  const isRefused = (instance: object): boolean => {
    try {
      return cv.validateSync(instance, { forbidUnknownValues: false }).length > 0;
    } catch {
      // Some validators cannot read half of a character.
      return true;
    }
  };
  fc.assert(
    fc.property(field, ({ decorators, optional, given }) => {
      class Query {
        declare it: unknown;
      }
      for (const decorate of [...decorators, ...(optional ? [cv.IsOptional()] : [])])
        decorate(Query.prototype, 'it');
      const schema = compile(Query);
      for (const value of given) {
        const result = schema.validate(value === undefined ? {} : { it: value }) as Validation<Query>;
        if (result.ok && isRefused(result.value)) throw new Error(`accepted: ${JSON.stringify(value)}`);
      }
    }),
    { numRuns: 400 },
  );
});

test('nested values that the strict check accepts satisfy the published schema', () => {
  class Item {
    @cv.IsString() @cv.MaxLength(2) sku!: string;
    @cv.IsOptional() @cv.IsInt() count?: number;
    @cv.IsOptional() @cv.ValidateNested(each) @Type(() => Item) parts?: Item[];
  }
  class Order {
    @cv.ValidateNested() @Type(() => Item) first!: Item;
    @cv.IsArray() @cv.ValidateNested(each) @Type(() => Item) items: Item[] = [];
  }
  const schema = compileSchema(Order, 'Order');
  const published = validatorOf(schema.json);
  const item = fc.letrec<{ item: unknown }>((tie) => ({
    item: fc.record(
      {
        sku: fc.oneof(fc.constantFrom('a', 'bb', '❤️❤️'), fc.integer()),
        count: fc.oneof(fc.integer(), fc.constant(null)),
        parts: fc.oneof(fc.array(tie('item'), { maxLength: 2 }), fc.constant(null)),
      },
      { requiredKeys: ['sku'] },
    ),
  })).item;
  let accepted = 0;
  fc.assert(
    fc.property(
      fc.record(
        { first: fc.oneof(item, fc.constant([])), items: fc.oneof(fc.array(item, { maxLength: 3 }), item) },
        { requiredKeys: [] },
      ),
      (value) => {
        const result = schema.validate(value) as { ok: boolean };
        if (!result.ok) return;
        accepted++;
        if (!published(value)) throw new Error(`refused: ${JSON.stringify(value)}`);
      },
    ),
    { numRuns: 500 },
  );
  expect(accepted).toBeGreaterThan(10);
});

test('so do choices between generated classes, nullable or not, alone or in lists', () => {
  let accepted = 0;
  const part = fc.record({ field, named: fc.constantFrom('a', 'b', 'both') });
  const shape = fc.record({ list: fc.boolean(), optional: fc.boolean(), keep: fc.boolean() });
  fc.assert(
    fc.property(fc.array(part, { minLength: 2, maxLength: 3 }), shape, (parts, { list, optional, keep }) => {
      class A {
        @cv.Allow() other?: unknown;
      }
      class B {
        @cv.Allow() other?: unknown;
      }
      for (const [index, { field: of, named }] of parts.entries())
        for (const cls of [A, B].filter(({ name }) => named === 'both' || name.toLowerCase() === named))
          for (const decorate of [...of.decorators, ...(of.optional ? [cv.IsOptional()] : [])])
            decorate(cls.prototype, `f${index}`);
      const subTypes = [
        { value: A, name: 'a' },
        { value: B, name: 'b' },
      ];
      class Holder {
        it: unknown;
      }
      Type(() => Object, { discriminator: { property: 'kind', subTypes }, keepDiscriminatorProperty: keep })(
        Holder.prototype,
        'it',
      );
      cv.ValidateNested({ each: list })(Holder.prototype, 'it');
      if (optional) cv.IsOptional()(Holder.prototype, 'it');
      const schema = compile(Holder);
      const published = validatorOf(schema.json);
      for (let round = 0; round < 4; round++) {
        const fields = parts.flatMap(({ field: of, named }, index) =>
          named === 'b' || of.given[round] === undefined ? [] : [[`f${index}`, of.given[round]] as const],
        );
        const one = { kind: 'a', ...Object.fromEntries(fields) };
        for (const it of [one, [one], { ...one, kind: 'c' }, null, []]) {
          const result = schema.validate({ it }) as { ok: boolean };
          if (!result.ok) continue;
          accepted++;
          if (!published({ it })) throw new Error(`refused: ${JSON.stringify(it)}`);
        }
      }
    }),
    { numRuns: 100 },
  );
  expect(accepted).toBeGreaterThan(50);
});

test('a default that is published is one that a call could send', () => {
  let published = 0;
  fc.assert(
    fc.property(field, ({ decorators, optional, given }) => {
      for (const initial of given.filter((value) => value !== undefined)) {
        class Query {
          it = structuredClone(initial);
        }
        for (const decorate of [...decorators, ...(optional ? [cv.IsOptional()] : [])])
          decorate(Query.prototype, 'it');
        const schema = compile(Query);
        const { it } = schema.json.properties as Record<string, { default?: unknown }>;
        if (it?.default === undefined) continue;
        published++;
        const sent = { it: it.default };
        if (!(schema.validate(sent) as Validation).ok || !validatorOf(schema.json)(sent))
          throw new Error(`${JSON.stringify(sent)} by ${JSON.stringify(schema.json)}`);
      }
    }),
    { numRuns: 60 },
  );
  expect(published).toBeGreaterThan(20);
});

test('a class compiled twice is published in the same bytes', () => {
  fc.assert(
    fc.property(fc.array(field, { minLength: 1, maxLength: 3 }), (fields) => {
      class Query {}
      for (const [index, { decorators }] of fields.entries())
        for (const decorate of decorators) decorate(Query.prototype, `f${index}`);
      expect(JSON.stringify(compile(Query).json)).toBe(JSON.stringify(compile(Query).json));
    }),
    { numRuns: 50 },
  );
});
