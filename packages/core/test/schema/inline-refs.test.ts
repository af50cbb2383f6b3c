import { Ajv2020 } from 'ajv/dist/2020.js';
import { z } from 'zod';
import { compileSchema } from '../../src/schema/compile.js';
import { inlineRefs } from '../../src/schema/inline-refs.js';
import type { JsonSchema } from '../../src/schema/schema.js';

const text = (schema: JsonSchema): string => JSON.stringify(schema);
const standard = (json: JsonSchema) =>
  ({
    '~standard': {
      version: 1,
      vendor: 'own',
      validate: (value: unknown) => ({ value }),
      jsonSchema: { input: () => json, output: () => json },
    },
  }) as const;

test('what a library refers to is written out, and the name of the dialect left out', () => {
  const user = z.object({ name: z.string() }).meta({ id: 'User' });
  const { json } = compileSchema(z.object({ by: user, to: user.describe('Who gets it.') }), 'test');
  const written = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] };
  expect(json).toEqual({
    type: 'object',
    properties: { by: written, to: { ...written, description: 'Who gets it.' } },
    required: ['by', 'to'],
  });
});

test('what refers to itself stays a definition, the root written out before it', () => {
  const Node = z.object({
    name: z.string(),
    get below() {
      return z.array(Node);
    },
  });
  const { json } = compileSchema(Node, 'test');
  const node = {
    type: 'object',
    properties: { name: { type: 'string' }, below: { type: 'array', items: { $ref: '#/$defs/Root' } } },
    required: ['name', 'below'],
  };
  expect(json).toEqual({ ...node, $defs: { Root: node } });
});

test('two that refer to each other are two definitions, also of one name', () => {
  const schema = {
    properties: { a: { $ref: '#/$defs/x/properties/node' }, b: { $ref: '#/properties/node' }, node: {} },
    $defs: {
      x: {
        properties: {
          node: { type: 'object', properties: { other: { $ref: '#/$defs/y/properties/node' } } },
        },
      },
      y: { properties: { node: { type: 'array', items: { $ref: '#/$defs/x/properties/node' } } } },
    },
  };
  const json = inlineRefs(schema);
  const refs = [...text(json).matchAll(/"#\/\$defs\/(\w+)"/g)].map(([, name]) => name);
  expect(refs.every((name) => name !== undefined && name in (json.$defs as object))).toBe(true);
  const check = new Ajv2020({ strict: false }).compile(json);
  const original = new Ajv2020({ strict: false }).compile(schema);
  for (const a of [{ other: [{ other: [] }] }, { other: [{ other: 5 }] }, { other: 5 }, []])
    expect([a, check({ a })]).toEqual([a, original({ a })]);
});

test('a schema beside a reference still holds together with what it refers to', () => {
  const json = inlineRefs({
    $defs: { short: { type: 'string', maxLength: 3 } },
    $ref: '#/$defs/short',
    maxLength: 2,
    description: 'Both.',
  });
  expect(json).toEqual({ maxLength: 2, description: 'Both.', allOf: [{ type: 'string', maxLength: 3 }] });
});

test('values and names that look like references are left alone', () => {
  const schema = {
    properties: {
      $ref: { const: { $ref: '#/$defs/x' } },
      default: { $ref: '#/$defs/x' },
      list: { enum: [{ $ref: '#' }], default: { $ref: '#' } },
    },
    $defs: { x: { type: 'string' } },
  };
  expect(inlineRefs(schema)).toEqual({
    properties: { ...schema.properties, default: { type: 'string' } },
  });
});

test.each<[string, JsonSchema]>([
  ['ids', { $id: 'https://example.com/a', $defs: { a: {} }, properties: { a: { $ref: '#/$defs/a' } } }],
  ['anchors', { $defs: { a: { $anchor: 'a' } }, properties: { a: { $ref: '#a' } } }],
])('a schema with %s is left as it is', (_, schema) => {
  expect(inlineRefs(schema)).toEqual(schema);
});

test('what would multiply beyond measure stays a reference', () => {
  const twice = (to: string) => ({
    properties: { l: { $ref: `#/$defs/${to}` }, r: { $ref: `#/$defs/${to}` } },
  });
  const $defs = Object.fromEntries([
    ...Array.from({ length: 40 }, (_, i) => [`d${i}`, twice(`d${i + 1}`)]),
    ['d40', { type: 'string' }],
  ]) as Record<string, JsonSchema>;
  const json = inlineRefs({ ...twice('d0'), $defs });
  expect(text(json).length).toBeLessThan(200_000);
  expect(new Ajv2020({ strict: false }).compile(json)({ l: { r: { l: 1 } } })).toBe(true);
});

test('what a library gives is checked like what an author writes', () => {
  expect(() => compileSchema(standard({ $ref: 'https://example.com/a.json' }), 'test')).toThrow(
    expect.objectContaining({ code: 'ERR_SCHEMA_REFERENCE' }) as Error,
  );
  expect(() =>
    compileSchema(standard({ $schema: 'http://json-schema.org/draft-07/schema#' }), 'test'),
  ).toThrow(expect.objectContaining({ code: 'ERR_SCHEMA_DIALECT' }) as Error);
});
