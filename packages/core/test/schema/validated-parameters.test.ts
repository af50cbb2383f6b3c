import 'reflect-metadata';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { Type } from 'class-transformer';
import * as cv from 'class-validator';
import { z } from 'zod';
import type { ParameterSpec } from '../../src/schema/argument.js';
import { compileParameters } from '../../src/schema/parameters.js';
import type { JsonSchema } from '../../src/schema/schema.js';

const spec = (name: string, rest: Partial<ParameterSpec> = {}): ParameterSpec => ({
  name,
  type: undefined,
  optional: false,
  validators: [],
  ...rest,
});
const propertiesOf = (json: JsonSchema): Record<string, JsonSchema> =>
  json.properties as Record<string, JsonSchema>;

test('validators add to the description, and a narrower type stays', () => {
  const { json } = compileParameters(
    [
      spec('mail', { type: 'string', description: 'Where to.', validators: [cv.IsEmail()] }),
      spec('count', { type: 'integer', validators: [cv.Min(1)] }),
    ],
    'x',
  );
  expect(propertiesOf(json)).toEqual({
    mail: { type: 'string', description: 'Where to. Must be an email.' },
    count: { type: 'integer', minimum: 1 },
  });
});

test('what passes its validators is the object that was given, itself', () => {
  const given = { days: 3, city: 'Graz' };
  const schema = compileParameters(
    [spec('days', { type: 'number', validators: [cv.IsInt()] }), spec('city', { type: 'string' })],
    'x',
  );
  const result = schema.validate(given);
  expect('value' in result && result.value).toBe(given);
});

test('null passes where @IsOptional() stands, absence where a default is', () => {
  const schema = compileParameters(
    [
      spec('note', { type: 'string', validators: [cv.IsOptional(), cv.MaxLength(3)] }),
      spec('days', { type: 'number', default: { value: 3 }, validators: [cv.Min(1)] }),
    ],
    'x',
  );
  expect(schema.json).toEqual({
    type: 'object',
    properties: {
      note: { type: ['string', 'null'], maxLength: 3 },
      days: { type: 'number', minimum: 1, default: 3 },
    },
    additionalProperties: false,
  });
  expect(schema.validate({ note: null })).toEqual({ ok: true, value: { note: null } });
  expect(schema.validate({ days: null })).toEqual({
    ok: false,
    issues: [{ path: ['days'], message: 'must be a number' }],
  });
});

test('what was left out is not told where something else is wrong', () => {
  const schema = compileParameters(
    [
      spec('tags', { validators: [cv.IsString({ each: true })] }),
      spec('days', { default: { value: 2 }, validators: [cv.IsInt(), cv.Min(1)] }),
      spec('unit', { optional: true, validators: [cv.IsIn(['C', 'F'])] }),
    ],
    'x',
  );
  expect(schema.validate({ tags: 'a' })).toEqual({
    ok: false,
    issues: [{ path: ['tags'], message: 'must be an array' }],
  });
});

test('a default that its own validators refuse is not published', () => {
  const validators = [cv.IsInt(), cv.Min(5)];
  const { json } = compileParameters(
    [
      spec('days', { type: 'number', default: { value: 3 }, validators }),
      spec('nights', { type: 'number', default: { value: 7 }, validators }),
    ],
    'x',
  );
  expect(propertiesOf(json)).toEqual({
    days: { type: 'integer', minimum: 5 },
    nights: { type: 'integer', minimum: 5, default: 7 },
  });
});

test('what is published is admitted by the type of the parameter and by its validators', () => {
  const { json } = compileParameters(
    [
      spec('at', { type: 'number', validators: [cv.IsLatitude()] }),
      spec('one', { type: 'string', validators: [cv.IsOptional(), cv.IsIn(['a', 1])] }),
    ],
    'x',
  );
  expect(propertiesOf(json)).toMatchObject({ at: { type: 'number' }, one: { type: ['string', 'null'] } });
});

test('a parameter whose validators admit nothing of its type is told', () => {
  expect(() =>
    compileParameters([spec('days', { type: 'string', validators: [cv.IsInt()] })], 'Tools.run()'),
  ).toThrow(
    expect.objectContaining({
      code: 'ERR_SCHEMA_TYPE',
      message: expect.stringContaining(
        '"days" of Tools.run() has a type no JSON Schema can be made of: the parameter is a string, what is said of it admits integer',
      ) as string,
    }) as Error,
  );
});

test('a validator sees the other arguments', () => {
  const onlyForNumbers = cv.ValidateIf((args: { kind: string }) => args.kind === 'number');
  const schema = compileParameters(
    [spec('kind', { type: 'string' }), spec('value', { validators: [onlyForNumbers, cv.IsInt()] })],
    'x',
  );
  expect(schema.validate({ kind: 'text', value: 'a' })).toMatchObject({ ok: true });
  expect(schema.validate({ kind: 'number', value: 'a' })).toEqual({
    ok: false,
    issues: [{ path: ['value'], message: 'must be an integer number' }],
  });
});

test('one issue tells what is missing or of another type, validators tell the rest', () => {
  const schema = compileParameters(
    [
      spec('days', { type: 'number', validators: [cv.IsInt(), cv.Min(1)] }),
      spec('city', { type: 'string', validators: [cv.IsNotEmpty()] }),
      spec('unit', { type: 'string' }),
    ],
    'x',
  );
  expect(schema.validate({ days: 'x', unit: 1, city: '' })).toEqual({
    ok: false,
    issues: [
      { path: ['days'], message: 'must be a number' },
      { path: ['unit'], message: 'must be a string' },
      { path: ['city'], message: 'should not be empty' },
    ],
  });
  expect(schema.validate({ city: 'a', unit: 'b' })).toEqual({
    ok: false,
    issues: [{ path: ['days'], message: 'is required' }],
  });
});

test('what validators convert is put into a copy', () => {
  class Item {
    @cv.IsString() sku!: string;
  }
  const schema = compileParameters(
    [
      spec('at', { validators: [cv.IsDate()] }),
      spec('items', { validators: [cv.ValidateNested({ each: true }), Type(() => Item)] }),
      spec('city', { type: 'string', optional: true }),
    ],
    'x',
  );
  const given = { at: '2024-01-01T00:00:00Z', items: [{ sku: 'a' }] };
  const result = schema.validate(given);
  expect(result).toEqual({
    ok: true,
    value: { at: new Date('2024-01-01T00:00:00Z'), items: [{ sku: 'a' }] },
  });
  expect('value' in result && (result.value.items as unknown[])[0]).toBeInstanceOf(Item);
  expect(given.at).toBe('2024-01-01T00:00:00Z');
});

test('an asynchronous validator gives a promise', async () => {
  const free = cv.ValidateBy({
    name: 'free',
    validator: {
      validate: (name) => Promise.resolve(name !== 'taken'),
      defaultMessage: () => '$property is taken',
    },
  });
  const schema = compileParameters([spec('name', { type: 'string', validators: [free] })], 'x');
  expect(await schema.validate({ name: 'a' })).toEqual({ ok: true, value: { name: 'a' } });
  expect(await schema.validate({ name: 'taken' })).toEqual({
    ok: false,
    issues: [{ path: ['name'], message: 'is taken' }],
  });
});

test('schemas that refer to themselves still do so as the schema of one argument', () => {
  class Tree {
    @cv.IsString() name!: string;
    @cv.IsOptional() @cv.ValidateNested({ each: true }) @Type(() => Tree) children?: Tree[];
  }
  const list: z.ZodType = z.object({ next: z.lazy(() => list).optional() });
  const { json } = compileParameters(
    [
      spec('the tree', { schema: Tree }),
      spec('list', { schema: list }),
      spec('forest', { validators: [cv.ValidateNested({ each: true }), Type(() => Tree)] }),
    ],
    'x',
  );
  const check = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(json);
  const tree = (leaf: unknown): unknown => ({ name: 'a', children: [{ name: 'b', children: [leaf] }] });
  const args = (leaf: unknown, last: unknown): unknown => ({
    'the tree': tree(leaf),
    list: { next: { next: last } },
    forest: [tree(leaf)],
  });
  expect(check(args({ name: 'c' }, {}))).toBe(true);
  expect(check(args({ name: 3 }, {}))).toBe(false);
  expect(check(args({ name: 'c' }, { next: 5 }))).toBe(false);
});

test('decorators that are not of class-validator are told', () => {
  const foreign: PropertyDecorator = () => undefined;
  expect(() =>
    compileParameters([spec('city', { type: 'string', validators: [foreign] })], 'Tools.run()'),
  ).toThrow(
    expect.objectContaining({
      code: 'ERR_SCHEMA_TYPE',
      message: expect.stringContaining('"city" of Tools.run()') as string,
    }) as Error,
  );
});
