import { compileParameters } from '../../src/schema/parameters.js';
import { compileSchema } from '../../src/schema/compile.js';
import type { StandardSchemaV1 } from '../../src/schema/standard-schema.js';

// This file must not import class-validator: whether it is loaded is what is tested.
jest.mock('class-validator', () => {
  throw new Error('class-validator was loaded');
});

test('class-validator is not loaded by who does not use it', () => {
  const own: StandardSchemaV1 = {
    '~standard': {
      version: 1,
      vendor: 'own',
      validate: (value) => ({ value }),
      jsonSchema: { input: () => ({}), output: () => ({}) },
    },
  };
  const parameters = [{ name: 'city', type: 'string', optional: false, validators: [] }] as const;
  expect(compileParameters(parameters, 'x').validate({ city: 1 })).toMatchObject({ ok: false });
  expect(compileSchema(own, 'x').validate(1)).toEqual({ ok: true, value: 1 });
  expect(() => compileSchema(class Query {}, 'x')).toThrow(
    expect.objectContaining({ code: 'ERR_SCHEMA_TYPE' }) as Error,
  );
});

test('class-validator is loaded once its decorators have been used', () => {
  Object.assign(globalThis, { classValidatorMetadataStorage: {} });
  expect(() => compileSchema(class Query {}, 'x')).toThrow('class-validator was loaded');
});
