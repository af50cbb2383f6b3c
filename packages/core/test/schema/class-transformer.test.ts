import 'reflect-metadata';
import { Exclude, Expose, Transform, Type } from 'class-transformer';
import { IsDate, IsInt, IsString, MaxLength, ValidateNested } from 'class-validator';
import { toPlain } from '../../src/mcp/plain.js';
import { compileSchema } from '../../src/schema/compile.js';
import type { Validation } from '../../src/schema/schema.js';
import { validatorOf } from './published.js';

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
      { path: ['role'], message: 'is unknown' },
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

describe('of a class that results have', () => {
  class Account {
    @IsString() name!: string;
    @Exclude({ toPlainOnly: true }) @IsString() password!: string;
    @Exclude({ toClassOnly: true }) @IsInt() visits = 0;
    @Expose({ name: 'born' }) @IsInt() year!: number;
    @Transform(({ value }) => (value as string).trim()) @IsString() @MaxLength(5) city!: string;
    @Type(() => Date) @IsDate() since!: Date;
    /** How people call it. */
    @Expose() get title() {
      return `${this.name} of ${this.city.trim()}`;
    }
  }
  const account = (changes: object = {}): Account =>
    Object.assign(new Account(), { name: 'Ada', password: 'secret', year: 1815, city: ' Ulm ' }, changes, {
      since: new Date(0),
    });

  test('that is published and checked which class-transformer shows', () => {
    const { json, validate } = output(Account);
    expect(json).toMatchObject({
      properties: {
        name: { type: 'string' },
        visits: { type: 'integer', default: 0 },
        born: { type: 'integer' },
        // What it is converted to, its validators do not say.
        city: {},
        since: { type: 'string', format: 'date-time' },
        title: { description: 'How people call it.' },
      },
      required: ['name', 'born', 'since'],
    });
    expect(JSON.stringify(json)).not.toMatch('password');
    expect((json.properties as { city: object }).city).toEqual({});
    const sent = toPlain(account());
    expect(sent).toEqual({
      name: 'Ada',
      visits: 0,
      born: 1815,
      city: 'Ulm',
      since: '1970-01-01T00:00:00.000Z',
      title: 'Ada of Ulm',
    });
    expect(validate(sent).ok).toBe(true);
    expect(validatorOf(json)(sent)).toBe(true);
    expect(validate(toPlain(account({ year: 'x' })))).toMatchObject({ issues: [{ path: ['born'] }] });
  });

  test('what is kept out is refused where an object that is no instance would tell it', () => {
    expect(output(Account).validate({ ...(toPlain(account()) as object), password: 'secret' })).toMatchObject(
      {
        ok: false,
        issues: [{ path: ['password'] }],
      },
    );
  });

  test('it holds for nested classes, and in lists', () => {
    class Team {
      @ValidateNested({ each: true }) @Type(() => Account) members!: Account[];
    }
    const { json, validate } = output(Team);
    const sent = toPlain(Object.assign(new Team(), { members: [account(), account({ name: 'Bo' })] }));
    expect(validate(sent).ok).toBe(true);
    expect(validatorOf(json)(sent)).toBe(true);
  });

  test('as arguments of a call the same class is what class-transformer takes in', () => {
    const { json } = compileSchema(Account, 'Account');
    expect(json).toMatchObject({ required: ['name', 'password', 'born', 'since'] });
    expect(Object.keys(json.properties as object)).not.toContain('visits');
    expect(Object.keys(json.properties as object)).not.toContain('title');
  });

  function output(cls: new () => object) {
    const schema = compileSchema(cls, 'the output', { direction: 'output' });
    return { json: schema.json, validate: (value: unknown) => schema.validate(value) as Validation };
  }
});
