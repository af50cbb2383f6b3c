import 'reflect-metadata';
import { Type } from 'class-transformer';
import * as cv from 'class-validator';
import { InHeader } from '@tenon/core';
import { compileSchema } from '../../src/schema/compile.js';
import { inGroups } from '../../src/schema/in-groups.js';
import type { SchemaSource, Validation } from '../../src/schema/schema.js';

const create = { groups: ['create'] };
const update = { groups: ['update'] };

class Address {
  @cv.IsString({ always: true }) city!: string;
  @cv.IsPostalCode('AT', create) code!: string;
}

class User {
  @cv.IsInt(update) id!: number;
  @cv.IsString({ always: true }) @cv.MinLength(3, create) @cv.IsOptional(update) name!: string;
  @cv.IsEmail({}, create) mail!: string;
  @cv.ValidateNested({ always: true }) @Type(() => Address) at?: Address;
  @cv.IsBoolean() admin = false;
}

const issues = (source: SchemaSource, value: unknown): readonly string[] => {
  const result = compileSchema(source, 'test').validate(value) as Validation;
  return result.ok ? [] : result.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
};

test('a class in a group is published with what that group checks', () => {
  const { json } = compileSchema(inGroups(User, 'create'), 'test');
  const fields = json.properties as Record<string, { properties?: object }>;
  expect(Object.keys(fields).sort()).toEqual(['at', 'mail', 'name']);
  expect(fields.name).toEqual({ type: 'string', minLength: 3 });
  expect(Object.keys(fields.at?.properties ?? {}).sort()).toEqual(['city', 'code']);
  expect([...(json.required as string[])].sort()).toEqual(['mail', 'name']);
  const other = compileSchema(inGroups(User, 'update'), 'test').json;
  expect(Object.keys(other.properties as object).sort()).toEqual(['at', 'id', 'name']);
  expect(other.required).toEqual(['id']);
});

test('only what belongs to the group is checked, nested classes too, and other fields are unknown', () => {
  const source = inGroups(User, 'create');
  expect(
    issues(source, { name: 'Ada', mail: 'ada@example.com', at: { city: 'Wien', code: '1010' } }),
  ).toEqual([]);
  expect(issues(source, { name: 'A', mail: 'x', id: 1, admin: true, at: { city: 1, code: 'x' } })).toEqual([
    'id is unknown',
    'admin is unknown',
    'name must be longer than or equal to 3 characters',
    'mail must be an email',
    'at.city must be a string',
    'at.code must be a postal code',
  ]);
  expect(issues(inGroups(User, 'update'), { id: 1, name: 'A', at: { city: 'Wien' } })).toEqual([]);
});

test('a field that is in a header in another group is no mistake in this one', () => {
  class Search {
    @InHeader('Region') @cv.IsString(update) region!: string;
    @cv.IsString({ always: true }) text!: string;
  }
  const { json } = compileSchema(inGroups(Search, 'create'), 'test');
  expect(Object.keys(json.properties as object)).toEqual(['text']);
  const other = compileSchema(inGroups(Search, 'update'), 'test').json;
  expect(other.properties).toMatchObject({ region: { 'x-mcp-header': 'Region' } });
});

test('a field that is in a header and that no group publishes is told, whatever group is asked for', () => {
  class Search {
    @InHeader('Region') region!: string;
    @cv.IsString(update) text!: string;
  }
  expect(() => compileSchema(inGroups(Search, 'update'), 'test')).toThrow(/@InHeader.*Search\.region/s);
});

test('several groups count together', () => {
  const { json } = compileSchema(inGroups(User, 'create', 'update'), 'test');
  expect(Object.keys(json.properties as object).sort()).toEqual(['at', 'id', 'mail', 'name']);
});

test('without groups every decorator counts', () => {
  expect(issues(User, { id: 1, name: 'A', mail: 'a@b.co', at: { city: 'Wien', code: '1010' } })).toEqual([
    'name must be longer than or equal to 3 characters',
  ]);
});

test('what passes is an instance of the class', () => {
  const result = compileSchema(inGroups(User, 'update'), 'test').validate({ id: 1 }) as Validation;
  expect('value' in result && result.value).toBeInstanceOf(User);
});

test('a group that no decorator has is told, and so are groups that contradict each other unnamed', () => {
  expect(() => compileSchema(inGroups(User, 'remove'), 'x')).not.toThrow();
  class Strict {
    @cv.IsString(create) @cv.IsInt(update) id!: unknown;
  }
  expect(() => compileSchema(inGroups(Strict, 'remove'), 'x')).toThrow(/\{ groups: \['remove'\] \}/);
  expect(() => compileSchema(Strict, 'x')).toThrow(
    /inGroups\(TheClass, 'update'\)|inGroups\(TheClass, 'create'\)/,
  );
  expect(issues(inGroups(Strict, 'update'), { id: 'a' })).toEqual(['id must be an integer number']);
});
