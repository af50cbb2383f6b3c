import { choice, choices } from '@tenon/core';
import {
  IsArray,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { z } from 'zod';
import { elicitForm } from '../../src/asking/elicit-form.js';

class Address {
  @IsString() street!: string;
}

class Profile {
  /** Your name. */
  @IsString() @Length(2, 40) name!: string;
  @IsEmail() email!: string;
  @IsInt() @Min(0) @Max(120) age: number = 30;
  @IsIn(['a', 'b']) group!: string;
  @IsOptional() @IsString() note?: string;
  @IsArray() @IsIn(['x', 'y'], { each: true }) tags!: string[];
}

test('a class becomes a form with what the protocol knows of fields', () => {
  expect(elicitForm(Profile).json).toEqual({
    type: 'object',
    properties: {
      name: { type: 'string', description: 'Your name.', minLength: 2, maxLength: 40 },
      email: { type: 'string', description: 'Must be an email.' },
      age: { type: 'integer', minimum: 0, maximum: 120, default: 30 },
      group: { type: 'string', enum: ['a', 'b'] },
      note: { type: 'string' },
      tags: { type: 'array', items: { type: 'string', enum: ['x', 'y'] } },
    },
    required: ['name', 'email', 'group', 'tags'],
  });
  expect(elicitForm(Profile)).toBe(elicitForm(Profile));
});

test('a Standard Schema becomes one, too', () => {
  expect(elicitForm(z.object({ ok: z.boolean(), n: z.number().min(1) })).json).toMatchObject({
    properties: { ok: { type: 'boolean' }, n: { type: 'number', minimum: 1 } },
    required: ['ok', 'n'],
  });
});

test.each([
  [String, { type: 'string' }],
  [Number, { type: 'number' }],
  [Boolean, { type: 'boolean' }],
  [choice('a', 'b'), { type: 'string', enum: ['a', 'b'] }],
  [choice({ a: 'A' }), { type: 'string', oneOf: [{ const: 'a', title: 'A' }] }],
  [choices('a'), { type: 'array', items: { type: 'string', enum: ['a'] } }],
  [choices({ a: 'A' }), { type: 'array', items: { anyOf: [{ const: 'a', title: 'A' }] } }],
] as const)('a plain value is a form of one field', (type, json) => {
  expect(elicitForm(type).json).toEqual({
    type: 'object',
    properties: { value: json },
    required: ['value'],
  });
});

test('what is not flat is told with its field', () => {
  class Nested {
    @ValidateNested() address!: Address;
  }
  class Listed {
    @IsString({ each: true }) words!: string[];
  }
  for (const [form, field] of [
    [Nested, 'address'],
    [Listed, 'words'],
  ] as const) {
    expect(() => elicitForm(form)).toThrow(
      expect.objectContaining({
        code: 'ERR_ELICIT_FORM',
        message: expect.stringContaining(`"${field}"`) as string,
      }),
    );
  }
});
