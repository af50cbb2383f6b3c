import { z } from 'zod';
import { compileSchema } from '../../src/schema/compile.js';
import { isStandardSchema, type StandardSchemaV1 } from '../../src/schema/standard-schema.js';

test('a zod schema is published as it gives itself, and checks', () => {
  const schema = compileSchema(
    z.object({ city: z.string().min(1), days: z.number().default(3) }),
    'the arguments of Tools.run()',
  );
  expect(schema.json).toMatchObject({
    type: 'object',
    properties: { city: { type: 'string', minLength: 1 } },
    required: ['city'],
  });
  expect(schema.validate({ city: 'Graz' })).toEqual({ ok: true, value: { city: 'Graz', days: 3 } });
  expect(schema.validate({ city: '', days: 'x' })).toMatchObject({
    ok: false,
    issues: [{ path: ['city'] }, { path: ['days'] }],
  });
});

test('for results the other side of a schema is published', () => {
  const schema = z.object({ days: z.number().default(3) });
  expect(compileSchema(schema, 'x').json).not.toHaveProperty('required');
  expect(compileSchema(schema, 'x', { direction: 'output' }).json).toMatchObject({ required: ['days'] });
});

test('an asynchronous schema gives a promise, any other one does not', async () => {
  const asynchronous = compileSchema(
    z.object({ id: z.string().refine((id) => Promise.resolve(id !== 'taken')) }),
    'x',
  );
  expect(asynchronous.validate({ id: 'a' })).toBeInstanceOf(Promise);
  expect(await asynchronous.validate({ id: 'taken' })).toMatchObject({
    ok: false,
    issues: [{ path: ['id'] }],
  });
  expect(compileSchema(z.string(), 'x').validate('a')).toEqual({ ok: true, value: 'a' });
});

test('steps of a path may be wrapped, and symbols are told by their text', () => {
  const schema: StandardSchemaV1 = {
    '~standard': {
      version: 1,
      vendor: 'own',
      validate: () => ({
        issues: [{ message: 'no', path: [{ key: 'list' }, 0, Symbol('s')] }, { message: 'nothing' }],
      }),
      jsonSchema: { input: () => ({}), output: () => ({}) },
    },
  };
  expect(compileSchema(schema, 'x').validate(1)).toEqual({
    ok: false,
    issues: [
      { message: 'no', path: ['list', 0, 'Symbol(s)'] },
      { message: 'nothing', path: [] },
    ],
  });
});

test('a schema that gives no JSON Schema is told, with what to use', () => {
  const schema: StandardSchemaV1 = {
    '~standard': { version: 1, vendor: 'old', validate: (value) => ({ value }) },
  };
  expect(() => compileSchema(schema, 'the arguments of Tools.run()')).toThrow(
    expect.objectContaining({
      code: 'ERR_SCHEMA_TYPE',
      fix: expect.stringContaining('@valibot/to-json-schema') as string,
    }) as Error,
  );
});

test('what JSON cannot carry is told with the words of the library', () => {
  expect(() => compileSchema(z.object({ at: z.date() }), 'x')).toThrow(
    /zod says: Date cannot be represented/,
  );
});

/** A schema written by hand. */
const raw = (json: object): StandardSchemaV1 => ({
  '~standard': {
    version: 1,
    vendor: 'hand',
    validate: (value) => ({ value }),
    jsonSchema: { input: () => json as never, output: () => json as never },
  },
});

// verifies 2026:17
test.each(['https://evil.example/schema.json', 'file:///etc/passwd', '//evil.example/a', 'urn:x:y#/a'])(
  'a schema that refers to %s is refused, and nothing is fetched',
  (ref) => {
    const json = { type: 'object', properties: { a: { items: { anyOf: [{ $ref: ref }] } } } };
    expect(() => compileSchema(raw(json), 'x')).toThrow(
      expect.objectContaining({
        code: 'ERR_SCHEMA_REFERENCE',
        message: expect.stringContaining(ref) as string,
        fix: expect.stringContaining('$defs') as string,
      }) as Error,
    );
  },
);

// verifies 2026:16 2026:17
test('schemas that are functions are schemas, classes and plain objects are none', () => {
  const callable = Object.assign(() => 1, { '~standard': z.string()['~standard'] });
  expect([callable, z.string(), class {}, {}, null, 'text'].map(isStandardSchema)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});
