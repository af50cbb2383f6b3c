import 'reflect-metadata';
import { Transform, Type } from 'class-transformer';
import { IsInt, IsObject, IsOptional, IsString, ValidateNested } from 'class-validator';
import { z } from 'zod';
import { fromStrings, withCoercion } from '../../src/schema/coercion.js';
import { compileSchema } from '../../src/schema/compile.js';
import { compileParameters } from '../../src/schema/parameters.js';
import type { CompiledSchema, Validation } from '../../src/schema/schema.js';

class Inner {
  @IsOptional() @IsInt() n?: number;
}
class Plain {
  @IsOptional() @ValidateNested() @Type(() => Inner) inner?: Inner;
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Inner) list?: Inner[];
}
class Converted {
  @Transform(({ value }) => value as unknown) @IsOptional() @IsString() text?: string;
  @IsOptional() @ValidateNested() @Type(() => Inner) inner?: Inner;
}
class Open {
  @IsObject() any!: Record<string, unknown>;
}

const POISON = ['{"__proto__":{"admin":true}}', '{"constructor":{"prototype":{"admin":true}}}'];
const schemas: readonly [string, CompiledSchema][] = [
  ['a class', compileSchema(Plain, 'test')],
  ['a class that converts', compileSchema(Converted, 'test')],
  [
    'plain parameters',
    compileParameters(
      [{ name: 'inner', type: undefined, optional: true, validators: [], schema: Inner }],
      'test',
    ),
  ],
  [
    'a closed JSON Schema',
    compileSchema(
      { properties: { inner: { additionalProperties: false }, list: {} }, additionalProperties: false },
      'test',
    ),
  ],
  ['a strict Standard Schema', compileSchema(z.strictObject({ inner: z.strictObject({}) }), 'test')],
];

describe.each(schemas)('%s', (_, schema) => {
  test.each(POISON)('refuses %s, outside and inside', async (text) => {
    for (const given of [text, `{"inner":${text}}`]) {
      for (const wrap of [(each: CompiledSchema) => each, withCoercion, fromStrings]) {
        const result: Validation = await wrap(schema).validate(JSON.parse(given));
        expect(result.ok).toBe(false);
      }
    }
    expect(({} as { admin?: unknown }).admin).toBeUndefined();
  });
});

test.each(POISON)('a text that holds %s is not read, wherever objects of any kind are admitted', (text) => {
  const result = withCoercion(compileSchema(Open, 'test')).validate({ any: text }) as Validation;
  expect(result).toMatchObject({ ok: false, issues: [{ path: ['any'] }] });
  const open = withCoercion(compileSchema(z.object({ any: z.looseObject({}) }), 'test'));
  expect(open.validate({ any: text })).toMatchObject({ ok: false });
});

test('what is read does not change the prototype of what it is read into', () => {
  const schema = withCoercion(
    compileSchema({ type: 'object', additionalProperties: { type: 'object' } }, 'test'),
  );
  const given = JSON.parse('{"__proto__":"{\\"admin\\":true}"}') as object;
  const result = schema.validate(given) as { ok: true; value: object };
  expect(Object.getPrototypeOf(result.value)).toBe(Object.prototype);
  expect((result.value as { admin?: unknown }).admin).toBeUndefined();
});
