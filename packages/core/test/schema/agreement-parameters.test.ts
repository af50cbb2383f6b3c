import 'reflect-metadata';
import * as cv from 'class-validator';
import fc from 'fast-check';
import { FrameworkError } from '../../src/errors/framework-error.js';
import type { ParameterSpec } from '../../src/schema/argument.js';
import { fromStrings, withCoercion } from '../../src/schema/coercion.js';
import { compileParameters } from '../../src/schema/parameters.js';
import type { CompiledSchema, Validation } from '../../src/schema/schema.js';
import { field } from './families.js';
import { validatorOf } from './published.js';

// The same cases each time: a check before landing must not depend on luck.
fc.configureGlobal({ seed: 20_261_124 });

const parameter = fc.record({
  field,
  type: fc.constantFrom(undefined, 'string', 'number', 'integer', 'boolean'),
  optional: fc.boolean(),
  bare: fc.boolean(),
  initial: fc.option(fc.constantFrom<unknown>('a', '', 3, 2.5, true, null, []), { nil: undefined }),
});
type Generated = typeof parameter extends fc.Arbitrary<infer T> ? T : never;

/** Parameters that do not contradict their validators. */
const compile = (parameters: readonly Generated[]): CompiledSchema => {
  const specs = parameters.map(({ field: of, type, optional, bare, initial }, index): ParameterSpec => {
    const decorators = [...of.decorators, ...(of.optional ? [cv.IsOptional()] : [])];
    const plain = bare ? (type ?? 'string') : type;
    return {
      name: `p${index}`,
      type: plain as ParameterSpec['type'],
      optional,
      validators: bare ? [] : decorators,
      ...(initial !== undefined && { default: { value: initial } }),
    };
  });
  try {
    return compileParameters(specs, 'test');
  } catch (error) {
    fc.pre(!FrameworkError.is(error));
    throw error;
  }
};
const callOf = (parameters: readonly Generated[], round: number): Record<string, unknown> =>
  Object.fromEntries(
    parameters.flatMap(({ field: { given } }, index) =>
      given[round] === undefined ? [] : [[`p${index}`, given[round]]],
    ),
  );
const passes = (schema: CompiledSchema, value: unknown): boolean => (schema.validate(value) as Validation).ok;

test('what the strict check accepts of plain parameters satisfies the published schema, defaults included', () => {
  let accepted = 0;
  fc.assert(
    fc.property(fc.array(parameter, { minLength: 1, maxLength: 3 }), (parameters) => {
      const schema = compile(parameters);
      const published = validatorOf(schema.json);
      for (let round = 0; round < 4; round++) {
        const call = callOf(parameters, round);
        if (!passes(schema, call)) continue;
        accepted++;
        if (!published(call))
          throw new Error(`refused: ${JSON.stringify(call)} by ${JSON.stringify(schema.json)}`);
        const defaults = Object.entries(schema.json.properties as Record<string, { default?: unknown }>);
        for (const [name, { default: value }] of defaults)
          if (
            value !== undefined &&
            !(passes(schema, { ...call, [name]: value }) && published({ ...call, [name]: value }))
          )
            throw new Error(`default ${name}: ${JSON.stringify(schema.json)}`);
      }
    }),
    { numRuns: 200 },
  );
  expect(accepted).toBeGreaterThan(50);
});

test('reading strings refuses nothing that was accepted, and changes no string where one is admitted', () => {
  let read = 0;
  fc.assert(
    fc.property(fc.array(parameter, { minLength: 1, maxLength: 3 }), (parameters) => {
      const strict = compile(parameters);
      const published = validatorOf(strict.json);
      for (const wrap of [withCoercion, fromStrings]) {
        const seen: unknown[] = [];
        const schema = wrap<unknown>({
          json: strict.json,
          validate: (value) => {
            seen.push(value);
            return strict.validate(value);
          },
        });
        for (let round = 0; round < 4; round++) {
          const call = callOf(parameters, round);
          const written = Object.fromEntries(
            Object.entries(call).map(([name, value]) => [
              name,
              typeof value === 'string' ? value : JSON.stringify(value),
            ]),
          );
          if (passes(strict, call) && !passes(schema, call))
            throw new Error(`refused: ${JSON.stringify(call)}`);
          seen.length = 0;
          const passed = passes(schema, written);
          if (seen.length < 2) continue;
          const last = seen.at(-1) as Record<string, unknown>;
          const properties = strict.json.properties as Record<string, { type?: unknown }>;
          for (const [name, { type }] of Object.entries(properties))
            if (type === undefined || [type].flat().includes('string'))
              expect(last[name]).toBe(written[name]);
          if (!passed) continue;
          read++;
          if (!published(last)) throw new Error(`refused: ${JSON.stringify(last)}`);
        }
      }
    }),
    { numRuns: 150 },
  );
  expect(read).toBeGreaterThan(50);
});
