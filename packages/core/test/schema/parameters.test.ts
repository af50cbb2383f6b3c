import { IsEmail, IsIn, IsInt, IsString, Min } from 'class-validator';
import { z } from 'zod';
import type { ParameterSpec } from '../../src/schema/argument.js';
import { compileParameters } from '../../src/schema/parameters.js';

const spec = (name: string, rest: Partial<ParameterSpec> = {}): ParameterSpec => ({
  name,
  type: 'string',
  optional: false,
  validators: [],
  ...rest,
});

test('names, types, descriptions and defaults are published', () => {
  const { json } = compileParameters(
    [
      spec('city', { description: 'Where.' }),
      spec('days', { type: 'integer', optional: true, default: { value: 3 } }),
    ],
    'test',
  );
  expect(json).toEqual({
    type: 'object',
    properties: { city: { type: 'string', description: 'Where.' }, days: { type: 'integer', default: 3 } },
    required: ['city'],
    additionalProperties: false,
  });
});

test('what is right is given on as it came, without a copy', () => {
  const given = { city: 'Oslo' };
  expect(compileParameters([spec('city')], 'test').validate(given)).toEqual({ ok: true, value: given });
});

test('everything that is wrong is told, by name', () => {
  const schema = compileParameters(
    [spec('city'), spec('days', { type: 'integer' }), spec('hot', { type: 'boolean' })],
    'test',
  );
  const result = schema.validate({ days: 1.5, hot: 'yes', colour: 'red' });
  expect(result).toMatchObject({ ok: false });
  expect('issues' in result && result.issues.map((issue) => issue.path[0])).toEqual([
    'colour',
    'city',
    'days',
    'hot',
  ]);
});

test.each([[Number.NaN], [Infinity], ['3'], [null], [[3]]])('%p is no number', (value) => {
  expect(compileParameters([spec('n', { type: 'number' })], 'test').validate({ n: value })).toMatchObject({
    ok: false,
  });
});

test.each(['toString', 'constructor', '__proto__'])(
  'a missing argument named %s is not found on the prototype',
  (name) => {
    expect(compileParameters([spec(name)], 'test').validate({})).toMatchObject({
      ok: false,
      issues: [{ message: 'is required' }],
    });
  },
);

test('decorators of class-validator stand on a parameter as on a field', () => {
  const schema = compileParameters([spec('days', { type: 'number', validators: [IsInt(), Min(1)] })], 'test');
  expect(schema.json).toMatchObject({ properties: { days: { type: 'integer', minimum: 1 } } });
  expect(schema.validate({ days: 2 })).toEqual({ ok: true, value: { days: 2 } });
  expect(schema.validate({ days: 0 })).toMatchObject({ ok: false, issues: [{ path: ['days'] }] });
});

test('decorators alone say what the argument is', () => {
  const schema = compileParameters(
    [spec('unit', { type: undefined, validators: [IsIn(['C', 'F'])] })],
    'test',
  );
  expect(schema.json).toMatchObject({ properties: { unit: { enum: ['C', 'F'] } } });
  expect(schema.validate({ unit: 'K' })).toMatchObject({ ok: false });
});

test('one argument may have a class or a Standard Schema of its own', async () => {
  class Person {
    @IsString() name!: string;
    @IsEmail() mail!: string;
  }
  const schema = compileParameters(
    [
      spec('person', { type: undefined, schema: Person }),
      spec('age', { type: undefined, schema: z.number().transform(String) }),
    ],
    'test',
  );
  const good = await schema.validate({ person: { name: 'Ada', mail: 'ada@example.com' }, age: 36 });
  expect(good).toMatchObject({ ok: true, value: { age: '36' } });
  expect('value' in good && good.value.person).toBeInstanceOf(Person);
  const bad = await schema.validate({ person: { name: 1, mail: 'x' }, age: 'old' });
  expect('issues' in bad && bad.issues.map((issue) => issue.path.join('.')).sort()).toEqual([
    'age',
    'person.mail',
    'person.name',
  ]);
});

test('an optional argument is checked only where it is given', () => {
  const schema = compileParameters(
    [spec('days', { type: 'number', optional: true, validators: [Min(1)] })],
    'test',
  );
  expect(schema.validate({})).toEqual({ ok: true, value: {} });
  expect(schema.validate({ days: 0 })).toMatchObject({ ok: false });
});
