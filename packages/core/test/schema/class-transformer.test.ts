import 'reflect-metadata';
import { Exclude, Expose, Transform, Type } from 'class-transformer';
import { IsDate, IsInt, IsString, MaxLength, ValidateNested } from 'class-validator';
import { compileSchema } from '../../src/schema/compile.js';

class Person {
  @Transform(({ value }) => (typeof value === 'string' ? value.trim() : (value as unknown)))
  @IsString()
  @MaxLength(5)
  name!: string;
  @Expose({ name: 'birth-year' }) @IsInt() year = 2000;
  @Exclude() @IsString() role = 'user';
}

test('decorators of class-transformer convert before validators check', () => {
  const schema = compileSchema(Person, 'Person');
  const result = schema.validate({ name: '  Ada   ', 'birth-year': 1815 });
  expect(result).toEqual({ ok: true, value: { name: 'Ada', year: 1815, role: 'user' } });
  expect('value' in result && result.value).toBeInstanceOf(Person);
  expect(schema.validate({ name: 'Ada' })).toMatchObject({ ok: true, value: { year: 2000 } });
  expect(schema.validate({ name: 'Ada', year: 1815 })).toMatchObject({
    ok: false,
    issues: [{ path: ['year'] }],
  });
});

test('names are those of the input, and what is kept out cannot be set', () => {
  expect(
    compileSchema(Person, 'Person').validate({ name: 'Augusta Ada', 'birth-year': 'x', role: 'admin' }),
  ).toEqual({
    ok: false,
    issues: [
      { path: ['role'], message: "unknown argument 'role'" },
      { path: ['name'], message: 'must be shorter than or equal to 5 characters' },
      { path: ['birth-year'], message: 'must be an integer number' },
    ],
  });
});

test('a nested class that converts makes the whole go that way', () => {
  class Team {
    @ValidateNested({ each: true }) @Type(() => Person) members!: Person[];
    @Type(() => Date) @IsDate() since!: Date;
  }
  const schema = compileSchema(Team, 'Team');
  expect(schema.validate({ members: [{ name: ' Ada ' }], since: '2024-01-01' })).toEqual({
    ok: true,
    value: { members: [{ name: 'Ada', year: 2000, role: 'user' }], since: new Date('2024-01-01') },
  });
  expect(schema.json).toMatchObject({ properties: { since: { description: 'Must be a Date instance.' } } });
  expect(schema.validate({ members: [{ name: 'Ada', x: 1 }], since: '2024-01-01' })).toMatchObject({
    ok: false,
    issues: [{ path: ['members', 0, 'x'] }],
  });
});
