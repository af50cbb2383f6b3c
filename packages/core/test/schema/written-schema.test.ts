import { FrameworkError } from '../../src/errors/framework-error.js';
import { compileArguments } from '../../src/schema/compile-arguments.js';
import { compileSchema } from '../../src/schema/compile.js';
import { jsonSchema } from '../../src/schema/json-schema.js';
import { compileParameters } from '../../src/schema/parameters.js';
import type { JsonSchema, Validation, WrittenSchema } from '../../src/schema/schema.js';
import { thrown } from '../mistake.js';

const CONTACT = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  $defs: { street: { $anchor: 'street', type: 'string', minLength: 1 } },
  properties: {
    name: { type: 'string', 'x-own': true },
    age: { type: ['integer', 'null'], minimum: 0 },
    unit: { enum: ['C', 'F', 3] },
    mail: { type: 'string', format: 'email' },
    streets: { type: 'array', items: { $ref: '#/$defs/street' } },
    home: { $ref: '#street' },
  },
  required: ['name'],
  if: { properties: { unit: { const: 'C' } }, required: ['unit'] },
  then: { required: ['age'] },
  additionalProperties: false,
};

const check = (schema: WrittenSchema, value: unknown): Validation =>
  compileSchema(schema, 'test').validate(value) as Validation;
const told = (schema: WrittenSchema, value: unknown): readonly string[] => {
  const result = check(schema, value);
  return result.ok ? [] : result.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
};
const mistake = (schema: WrittenSchema): FrameworkError =>
  thrown(() => compileSchema(schema, 'the arguments of Tools.run()'));

test('a JSON Schema is published word for word', () => {
  expect(compileSchema(CONTACT, 'test').json).toBe(CONTACT);
  expect(compileSchema(jsonSchema<{ name: string }>(CONTACT), 'test').json).toBe(CONTACT);
});

test('what fits passes as it came', () => {
  const value = { name: 'Ada', age: 36, unit: 'C', mail: 'no address', streets: ['a'], home: 'b' };
  expect(check(CONTACT, value)).toEqual({ ok: true, value });
  expect(told(CONTACT, value)).toEqual([]);
});

test('everything that is wrong is told by path, and no value is repeated', () => {
  expect(
    told(CONTACT, {
      age: 'secret-1',
      unit: 'secret-2',
      streets: ['a', 5, ''],
      home: 7,
      'a/b': 1,
    }),
  ).toEqual([
    'name: is required',
    'a/b: is unknown',
    'age: must be an integer or null',
    'unit: must be one of the following values: C, F, 3',
    'streets.1: must be a string',
    'streets.2: must NOT have fewer than 1 characters',
    'home: must be a string',
  ]);
  expect(told(CONTACT, { name: 'a', unit: 'C' })).toEqual(['age: is required', ': must match "then" schema']);
  expect(told({ type: 'object', properties: { v: { const: 2 } } }, { v: 1 })).toEqual(['v: must be 2']);
  expect(told(CONTACT, [])).toEqual([': must be an object']);
});

test('the branches of a choice do not tell the same twice', () => {
  const text = { type: 'string', minLength: 3 };
  expect(told({ anyOf: [text, text] }, 'a')).toEqual([
    ': must NOT have fewer than 3 characters',
    ': must match a schema in anyOf',
  ]);
});

test('of a large value only the first failure is told', () => {
  const numbers = { type: 'array', items: { type: 'number' } };
  expect(told(numbers, Array(20_000).fill('x'))).toEqual(['0: must be a number']);
  expect(told(numbers, ['x', 'y'])).toHaveLength(2);
  expect(told(numbers, Array(20_000).fill('x'))).toHaveLength(1);
});

test('what every object has by its prototype is neither there nor known', () => {
  expect(told({ type: 'object', required: ['toString'] }, {})).toEqual(['toString: is required']);
  const closed = { type: 'object', properties: {}, additionalProperties: false };
  expect(told(closed, JSON.parse('{"__proto__":{"admin":true},"constructor":1}'))).toEqual([
    '__proto__: is unknown',
    'constructor: is unknown',
  ]);
});

test('two schemas may have the same id, and references may use it', () => {
  const tree = (leaf: string): JsonSchema => ({
    $id: 'https://example.com/tree',
    type: 'object',
    properties: { leaf: { $ref: '#/$defs/leaf' }, next: { $ref: 'https://example.com/tree' } },
    $defs: { leaf: { type: leaf } },
  });
  expect(told(tree('string'), { leaf: 'a', next: { leaf: 1 } })).toEqual(['next.leaf: must be a string']);
  expect(told(tree('number'), { leaf: 1, next: { leaf: 'a' } })).toEqual(['next.leaf: must be a number']);
});

test('one argument may have a JSON Schema of its own, whose references still lead into it', () => {
  const list = {
    type: 'object',
    properties: { default: { $ref: '#/$defs/size' }, next: { $ref: '#' } },
    $defs: { size: { type: 'integer' } },
    additionalProperties: false,
  };
  const schema = compileParameters(
    [{ name: 'list', type: undefined, optional: false, validators: [], schema: list }],
    'test',
  );
  expect(schema.validate({ list: { next: { default: 'x' } } })).toEqual({
    ok: false,
    issues: [{ path: ['list', 'next', 'default'], message: 'must be an integer' }],
  });
  const published = compileSchema(schema.json, 'test');
  expect(published.validate({ list: { next: { default: 3 } } })).toMatchObject({ ok: true });
  expect(published.validate({ list: { next: { default: 'x' } } })).toMatchObject({ ok: false });
});

describe('a JSON Schema that cannot be served is told', () => {
  test.each<[string, WrittenSchema, string]>([
    ['a type that is none', { type: 'strng' }, '/type must be equal to one of the allowed values'],
    ['a keyword of another kind', { properties: { a: { required: 'x' } } }, '/properties/a/required'],
    ['a pattern that cannot be read', { items: { pattern: '(' } }, 'the pattern "("'],
    ['a pattern of names', { patternProperties: { '[': {} } }, 'the pattern "["'],
  ])('with %s', (_, schema, problem) => {
    const error = mistake(schema);
    expect(error).toMatchObject({ code: 'ERR_SCHEMA_INVALID' });
    expect(error.message).toContain('the arguments of Tools.run()');
    expect(error.message).toContain(problem);
  });

  // verifies 2026:16
  test('of another dialect, wherever it is named', () => {
    const draft7 = 'http://json-schema.org/draft-07/schema#';
    for (const schema of [{ $schema: draft7 }, { properties: { a: { $schema: draft7 } } }]) {
      const error = mistake(schema);
      expect(error).toMatchObject({ code: 'ERR_SCHEMA_DIALECT' });
      expect(error.message).toContain('draft-07');
      expect(error.fix).toContain('2020-12');
    }
  });

  test.each([
    'https://example.com/schema.json',
    'http://169.254.169.254/latest',
    'file:///etc/passwd',
    'other.json',
    '//example.com/a',
    'https://json-schema.org/draft/2020-12/schema',
  ])('with the reference %s, and nothing is fetched', (ref) => {
    const asked = jest.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('fetched'));
    const error = mistake({ type: 'object', properties: { a: { items: { $ref: ref } } } });
    expect(error).toMatchObject({ code: 'ERR_SCHEMA_REFERENCE' });
    expect(error.message).toContain(`"${ref}" leads outside of it`);
    expect(error.fix).toContain('Nothing is ever fetched');
    expect(asked).not.toHaveBeenCalled();
    asked.mockRestore();
  });

  test.each(['#/$defs/missing', '#missing', '#/properties', '#/$defs/a/type', '#/%'])(
    'with the reference %s, which leads to no schema',
    (ref) => {
      const error = mistake({ $defs: { a: { type: 'string' } }, properties: { a: { $ref: ref } } });
      expect(error).toMatchObject({ code: 'ERR_SCHEMA_REFERENCE' });
      expect(error.message).toContain('leads to no schema in it');
    },
  );

  test.each<[string, WrittenSchema]>([
    ['itself', { $ref: '#' }],
    [
      'each other',
      { $ref: '#/$defs/a', $defs: { a: { allOf: [{ $ref: '#/$defs/b' }] }, b: { $ref: '#/$defs/a' } } },
    ],
    ['themselves in a condition', { $defs: { a: { if: { $ref: '#/$defs/a' } } } }],
  ])('with references that lead back to %s at the same place', (_, schema) => {
    const error = mistake(schema);
    expect(error).toMatchObject({ code: 'ERR_SCHEMA_REFERENCE' });
    expect(error.message).toContain('leads back to itself');
  });

  // verifies 2026:17
  test('with too many schemas, or too deep ones', () => {
    const wide = { properties: Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`p${i}`, {}])) };
    expect(mistake(wide)).toMatchObject({ code: 'ERR_SCHEMA_SIZE' });
    const deep = Array.from({ length: 100 }).reduce<JsonSchema>((items) => ({ items }), {});
    expect(mistake(deep)).toMatchObject({ code: 'ERR_SCHEMA_SIZE' });
    const endless: Record<string, unknown> = {};
    endless.items = endless;
    expect(mistake(endless)).toMatchObject({ code: 'ERR_SCHEMA_SIZE' });
    const row = Object.fromEntries(
      Array.from({ length: 100 }, (_, i) => [`d${i}`, { $ref: `#/$defs/d${i + 1}` }]),
    );
    expect(mistake({ $defs: { ...row, d100: {} } })).toMatchObject({ code: 'ERR_SCHEMA_SIZE' });
  });

  test.each([[[]], [new Date()], [null], ['text'], [5]])('%p is no schema at all', (source) => {
    expect(mistake(source as never)).toMatchObject({
      code: 'ERR_SCHEMA_TYPE',
      fix: expect.stringContaining('a JSON Schema') as string,
    });
  });
});

test('a schema that refers to itself further down is none of these', () => {
  const tree = { type: 'object', properties: { next: { $ref: '#' }, all: { items: { $ref: '#' } } } };
  expect(told(tree, { next: { next: 5 } })).toEqual(['next.next: must be an object']);
});

test('the arguments of a component are an object', () => {
  expect(() => compileArguments({ type: 'string' }, 'the arguments of Tools.run()')).toThrow(
    expect.objectContaining({ code: 'ERR_SCHEMA_INVALID' }) as Error,
  );
  expect(() => compileArguments({ properties: {} }, 'x')).toThrow(/"type": "object"/);
  expect(compileArguments({ type: 'object' }, 'x').json).toEqual({ type: 'object' });
});
