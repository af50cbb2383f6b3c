import 'reflect-metadata';
import { Type } from 'class-transformer';
import * as cv from 'class-validator';
import { z } from 'zod';
import { fromStrings, withCoercion } from '../../src/schema/coercion.js';
import { compileSchema } from '../../src/schema/compile.js';
import { compileParameters } from '../../src/schema/parameters.js';
import type { CompiledSchema, JsonSchema, SchemaSource, Validation } from '../../src/schema/schema.js';

/** A schema that admits whatever its JSON Schema's test says, and remembers what it was asked. */
const asked = (json: JsonSchema, admits: (value: unknown) => boolean) => {
  const values: unknown[] = [];
  const schema: CompiledSchema = {
    json,
    validate: (value) => {
      values.push(value);
      return admits(value) ? { ok: true, value } : { ok: false, issues: [{ path: [], message: 'no' }] };
    },
  };
  return { values, schema };
};
/** What a value is read as where the strict check refuses everything. */
const read = (json: JsonSchema, value: unknown, wrap = withCoercion): unknown => {
  const { schema, values } = asked(json, () => false);
  void wrap(schema).validate(value);
  return values.at(-1);
};
const lax = (source: SchemaSource, value: unknown): Validation => {
  const result = withCoercion(compileSchema(source, 'test')).validate(value);
  if (result instanceof Promise) throw new Error('a promise where none is needed');
  return result;
};

describe('what is declared is read from a text', () => {
  test.each([
    ['number', '3.14', 3.14],
    ['number', '-2e3', -2000],
    ['number', ' 10 ', 10],
    ['integer', '10', 10],
    ['integer', '3.0', 3],
    ['boolean', 'true', true],
    ['boolean', 'False', false],
    ['array', '[1]', [1]],
    ['object', ' {"a":1}', { a: 1 }],
  ])('%s from "%s"', (type, text, value) => {
    expect(read({ type }, text)).toEqual(value);
  });

  test.each([
    ['number', ''],
    ['number', ' '],
    ['number', 'abc'],
    ['number', '0x10'],
    ['number', '007'],
    ['number', '1_000'],
    ['number', '1,5'],
    ['number', 'Infinity'],
    ['number', '1e999'],
    ['number', '12345678901234567890'],
    ['integer', '3.5'],
    ['integer', '9007199254740993'],
    ['boolean', ''],
    ['boolean', '1'],
    ['boolean', 'yes'],
    ['array', 'a,b'],
    ['array', '{"a":1}'],
    ['array', '[1'],
    ['object', '[1]'],
    ['object', '"{}"'],
    ['null', ''],
    ['string', '5'],
  ])('no %s is read from "%s"', (type, text) => {
    expect(read({ type }, text)).toBe(text);
  });

  test.each<[string, JsonSchema]>([
    ['a text is admitted', { type: ['string', 'number'] }],
    ['a text is admitted by one of several', { anyOf: [{ type: 'number' }, { type: 'string' }] }],
    ['nothing is said of types', {}],
    ['one of several leaves types open', { oneOf: [{ type: 'number' }, {}] }],
    ['only values are named', { enum: [5] }],
  ])('a text is left alone where %s', (_, schema) => {
    expect(read({ type: 'object', properties: { it: schema } }, { it: '5' })).toEqual({ it: '5' });
  });

  test('null is read where it is admitted and no text is', () => {
    expect(read({ type: ['integer', 'null'] }, 'null')).toBeNull();
    expect(read({ anyOf: [{ type: 'integer' }, { type: 'null' }] }, '7')).toBe(7);
    expect(read({ type: ['string', 'null'] }, 'null')).toBe('null');
  });

  test('lists, members, members of any name and positions are gone through', () => {
    const integer = { type: 'integer' };
    const schema = {
      type: 'object',
      properties: {
        list: { type: 'array', items: integer },
        pair: { type: 'array', prefixItems: [integer, { type: 'string' }], items: { type: 'boolean' } },
        inner: { type: 'object', properties: { deep: integer } },
      },
      additionalProperties: integer,
    };
    const value = { list: ['1', 2], pair: ['1', '2', 'true'], inner: '{"deep":"4","x":"5"}', other: '6' };
    expect(read(schema, value)).toEqual({
      list: [1, 2],
      pair: [1, '2', true],
      inner: { deep: 4, x: '5' },
      other: 6,
    });
    expect(value.list).toEqual(['1', 2]);
  });

  test('references and what holds together are followed', () => {
    const schema = {
      $ref: '#/$defs/a~1tree',
      $defs: {
        'a/tree': {
          type: 'object',
          properties: { size: { $ref: '#/$defs/size' }, next: { $ref: '#/$defs/a~1tree' } },
        },
        size: { allOf: [{ type: ['integer', 'boolean'] }, { type: 'number' }] },
      },
    };
    expect(read(schema, { size: '1', next: '{"size":"2","next":{"size":"true"}}' })).toEqual({
      size: 1,
      next: { size: 2, next: { size: 'true' } },
    });
  });

  test('of several kinds of objects the one is meant whose fixed values are there', () => {
    const shape = (kind: string, member: object) => ({
      type: 'object',
      properties: { kind: { const: kind }, ...member },
      required: ['kind'],
    });
    const schema = {
      oneOf: [
        shape('circle', { radius: { type: 'number' } }),
        shape('label', { radius: { type: 'string' } }),
      ],
    };
    expect(read(schema, { kind: 'circle', radius: '2' })).toEqual({ kind: 'circle', radius: 2 });
    expect(read(schema, { kind: 'label', radius: '2' })).toEqual({ kind: 'label', radius: '2' });
    expect(read(schema, { radius: '2' })).toEqual({ radius: '2' });
  });

  test('schemas that only refer to themselves, or multiply, end', () => {
    const loop = { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/a' } } };
    expect(read(loop, { a: '1' })).toEqual({ a: '1' });
    const twice = (to: string) => ({ allOf: [{ $ref: `#/$defs/${to}` }, { $ref: `#/$defs/${to}` }] });
    const $defs = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`d${i}`, twice(`d${i + 1}`)]));
    const began = performance.now();
    expect(read({ ...twice('d0'), $defs }, { a: '1' })).toEqual({ a: '1' });
    expect(performance.now() - began).toBeLessThan(500);
  });

  test.each(['{"__proto__":{"admin":true}}', '{"a":[{"constructor":{"prototype":{"admin":true}}}]}'])(
    'a text that would reach the prototype is none: %s',
    (text) => {
      expect(read({ type: 'object' }, text)).toBe(text);
      expect(({} as { admin?: unknown }).admin).toBeUndefined();
    },
  );

  test('a text that nests deeper than a message may is none', () => {
    const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(read({ type: 'array' }, deep(64))).toHaveLength(1);
    expect(read({ type: 'array' }, deep(65))).toBe(deep(65));
    expect(read({ type: 'array' }, deep(100_000))).toBe(deep(100_000));
  });
});

describe('the strict check decides', () => {
  test('what it accepts is never read', () => {
    const { schema, values } = asked({ type: 'integer' }, () => true);
    expect(withCoercion(schema).validate('5')).toEqual({ ok: true, value: '5' });
    expect(values).toEqual(['5']);
  });

  test('what cannot be read is not checked again', () => {
    const { schema, values } = asked({ type: 'integer' }, () => false);
    expect(withCoercion(schema).validate('abc')).toMatchObject({ ok: false });
    expect(values).toEqual(['abc']);
  });

  test('what is read is checked by the same rules', () => {
    class Query {
      @cv.IsInt() @cv.Max(10) days!: number;
    }
    expect(lax(Query, { days: '3' })).toEqual({ ok: true, value: { days: 3 } });
    expect(lax(Query, { days: '30' })).toEqual({
      ok: false,
      issues: [{ path: ['days'], message: 'must not be greater than 10' }],
    });
  });

  test('of several failures only those are told that remain', () => {
    const schema = withCoercion(
      compileParameters(
        ['a', 'b'].map((name) => ({ name, type: 'number', optional: false, validators: [] })),
        'test',
      ),
    );
    expect(schema.validate({ a: '', b: '5' })).toEqual({
      ok: false,
      issues: [{ path: ['a'], message: 'must be a number' }],
    });
  });

  test('a promise is waited for', async () => {
    const source = z.object({ n: z.number().refine((n) => Promise.resolve(n > 2)) });
    const schema = withCoercion(compileSchema(source, 'test'));
    expect(await schema.validate({ n: '3' })).toEqual({ ok: true, value: { n: 3 } });
    expect(await schema.validate({ n: '1' })).toMatchObject({ ok: false, issues: [{ path: ['n'] }] });
  });
});

test('classes are coerced where they say what they are, and nowhere else', () => {
  class Circle {
    @cv.IsNumber() radius!: number;
  }
  class Label {
    @cv.IsString() text!: string;
  }
  class Drawing {
    @cv.IsOptional() @cv.IsInt() size?: number | null;
    @cv.IsString() title = '';
    @cv.IsNumberString() code = '0';
    @cv.IsInt({ each: true }) layers: number[] = [];
    @cv.ValidateNested() @Type(() => Circle) first?: Circle;
    @cv.ValidateNested({ each: true })
    @Type(() => Object, {
      discriminator: {
        property: 'kind',
        subTypes: [
          { value: Circle, name: 'circle' },
          { value: Label, name: 'label' },
        ],
      },
    })
    shapes: (Circle | Label)[] = [];
  }
  const result = lax(Drawing, {
    size: '3',
    title: '[1]',
    code: '42',
    layers: ['1', '2'],
    first: '{"radius":"1.5"}',
    shapes: '[{"kind":"circle","radius":"2"},{"kind":"label","text":"5"}]',
  });
  expect(result).toEqual({
    ok: true,
    value: {
      size: 3,
      title: '[1]',
      code: '42',
      layers: [1, 2],
      first: { radius: 1.5 },
      shapes: [{ radius: 2 }, { text: '5' }],
    },
  });
  expect('value' in result && (result.value as Drawing).shapes[0]).toBeInstanceOf(Circle);
});

test('a Standard Schema is coerced by what it publishes', () => {
  const source = z.object({
    id: z.union([z.string(), z.number()]),
    limit: z.number().int().nullable(),
    range: z.object({ from: z.number() }).optional(),
    by: z.record(z.string(), z.boolean()),
  });
  expect(lax(source, { id: '5', limit: '10', range: '{"from":"1"}', by: { a: 'true' } })).toEqual({
    ok: true,
    value: { id: '5', limit: 10, range: { from: 1 }, by: { a: true } },
  });
});

describe('values that are strings on the wire', () => {
  test.each([
    ['true', true],
    ['TRUE', true],
    ['1', true],
    ['Yes', true],
    ['false', false],
    ['0', false],
    ['no', false],
  ])('"%s" is %p', (text, value) => {
    expect(read({ type: 'boolean' }, text, fromStrings)).toBe(value);
  });

  test('a number is a number where both are admitted, and a text stays one', () => {
    expect(read({ type: ['boolean', 'integer'] }, '1', fromStrings)).toBe(1);
    expect(read({ type: 'string' }, 'yes', fromStrings)).toBe('yes');
    expect(read({ type: 'boolean' }, 'maybe', fromStrings)).toBe('maybe');
  });
});
