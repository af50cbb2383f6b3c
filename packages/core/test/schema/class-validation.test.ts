import 'reflect-metadata';
import { Type } from 'class-transformer';
import * as cv from 'class-validator';
import { compileSchema } from '../../src/schema/compile.js';
import type { ClassOf, Issue, Validation } from '../../src/schema/schema.js';

const check = (cls: ClassOf, value: unknown): Validation => {
  const result = compileSchema(cls, cls.name).validate(value);
  if (result instanceof Promise) throw new Error('a promise where none is needed');
  return result;
};
const valueOf = (cls: ClassOf, value: unknown): unknown => {
  const result = check(cls, value);
  return result.ok ? result.value : result;
};
const issuesOf = (cls: ClassOf, value: unknown): readonly string[] => {
  const result = check(cls, value);
  return result.ok ? [] : texts(result.issues);
};
const texts = (issues: readonly Issue[]): readonly string[] =>
  issues.map(({ path, message }) => `${path.join('.')}: ${message}`);

class Point {
  @cv.IsNumber() lat!: number;
  @cv.IsOptional() @cv.IsString() name?: string;
}

test('what passes is an instance, with the defaults of what was left out', () => {
  class Query {
    @cv.IsString() city!: string;
    @cv.IsInt() @cv.Min(1) days = 3;
    @cv.ValidateNested() @Type(() => Point) at?: Point;
    @cv.ValidateNested({ each: true }) @Type(() => Point) via: Point[] = [];
    label(): string {
      return `${this.city} ${this.days}`;
    }
  }
  const value = valueOf(Query, { city: 'Graz', at: { lat: 1 }, via: [{ lat: 2 }] }) as Query;
  expect(value).toBeInstanceOf(Query);
  expect(value.label()).toBe('Graz 3');
  expect(value.at).toBeInstanceOf(Point);
  expect(value.via[0]).toBeInstanceOf(Point);
  expect(valueOf(Query, { city: 'Graz', days: undefined })).toMatchObject({ days: 3, via: [] });
});

test('all failures are listed by path', () => {
  class Query {
    @cv.IsString() @cv.Length(1, 80) city!: string;
    @cv.IsInt() @cv.Max(14) days!: number;
    @cv.IsString({ each: true }) tags: string[] = [];
    @cv.ValidateNested({ each: true }) @Type(() => Point) via: Point[] = [];
  }
  const issues = issuesOf(Query, {
    days: 1.5,
    tags: ['a', 1],
    via: [{ lat: 'x' }, { lat: 1, name: 2 }, 3],
    color: 'red',
  });
  expect(issues).toEqual([
    'color: is unknown',
    'city: is required',
    'via.2: must be an object',
    'days: must be an integer number',
    'tags: each value must be a string',
    'via.0.lat: must be a number conforming to the specified constraints',
    'via.1.name: must be a string',
  ]);
});

test('nothing is converted', () => {
  class Query {
    @cv.IsInt() days!: number;
    @cv.IsBoolean() hot!: boolean;
  }
  expect(issuesOf(Query, { days: '3', hot: 'true' })).toEqual([
    'days: must be an integer number',
    'hot: must be a boolean value',
  ]);
});

test.each([[null], [undefined], ['text'], [[]], [3]])('%p is no object', (value) => {
  expect(issuesOf(Point, value)).toEqual([': must be an object']);
});

test('unknown arguments are refused, also those that would reach the prototype', () => {
  expect(issuesOf(Point, JSON.parse('{"lat":1,"__proto__":{"admin":true},"constructor":1}'))).toEqual([
    '__proto__: is unknown',
    'constructor: is unknown',
  ]);
  const many = issuesOf(Point, {
    lat: 1,
    ...Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`x${index}`, 1])),
  });
  expect(many).toHaveLength(11);
  expect(many.at(-1)).toBe(': 490 more are unknown');
});

test('a field without decorators keeps its value and cannot be set', () => {
  class Query {
    @cv.IsString() city!: string;
    secret = 'kept';
  }
  expect(valueOf(Query, { city: 'Graz' })).toEqual({ city: 'Graz', secret: 'kept' });
  expect(issuesOf(Query, { city: 'Graz', secret: 'set' })).toEqual(['secret: is unknown']);
});

test('null passes where a field is optional, and nowhere else', () => {
  class Query {
    @cv.IsOptional() @cv.IsString() note?: string | null;
    @cv.IsString() name = 'a';
  }
  expect(valueOf(Query, { note: null })).toEqual({ note: null, name: 'a' });
  expect(issuesOf(Query, { name: null })).toEqual(['name: must be a string']);
});

test('a list is a list and an object an object, although class-validator takes either', () => {
  class Query {
    @cv.IsString({ each: true }) tags: string[] = [];
    @cv.ValidateNested() @Type(() => Point) at?: Point;
    @cv.Allow() text?: string;
  }
  expect(issuesOf(Query, { tags: 'a', at: [{ lat: 1 }], text: 5 })).toEqual([
    'tags: must be an array',
    'at: must be an object',
    'text: must be a string',
  ]);
});

test('a date-time becomes a Date, what is none is told', () => {
  class Query {
    @cv.IsDate() @cv.MinDate(new Date('2024-01-01T00:00:00Z')) at!: Date;
  }
  expect(valueOf(Query, { at: '2024-02-29T10:00:00+02:00' })).toEqual({
    at: new Date('2024-02-29T08:00:00Z'),
  });
  expect(valueOf(Query, { at: new Date('2025-01-01T00:00:00Z') })).toEqual({
    at: new Date('2025-01-01T00:00:00Z'),
  });
  for (const at of ['2023-02-29T10:00:00Z', '2024-01-01T24:00:00Z', '2024-01-01', 'soon', 5]) {
    expect(issuesOf(Query, { at })).toEqual(['at: must be a date-time such as 2026-01-31T09:30:00Z']);
  }
  expect(issuesOf(Query, { at: '2023-01-01T00:00:00Z' })).toHaveLength(1);
});

test('what JSON Schema counts otherwise is refused as it says', () => {
  class Query {
    @cv.IsEnum({ low: 0, 0: 'low' }) level = 0;
    @cv.MaxLength(2) short = '';
    @cv.Matches(/^.{2}$/) pair = 'ab';
  }
  expect(issuesOf(Query, { level: 'low', short: '❤️❤️', pair: '😀' })).toEqual([
    'level: must be one of the following values: 0',
    'short: must be no longer than 2 characters',
    'pair: must match /^.{2}$/',
  ]);
});

test('messages do not repeat the value', () => {
  class Query {
    @cv.IsInt({ message: '$value is no $property of $target' }) pin!: number;
    @cv.IsIn(['a', 'b']) one!: string;
  }
  const issues = issuesOf(Query, { pin: 'secret-1', one: 'secret-2' });
  expect(issues).toEqual([
    'pin: the value is no pin of Query',
    'one: must be one of the following values: a, b',
  ]);
});

test('conditions decide whether a field is checked', () => {
  class Query {
    @cv.IsString() kind!: string;
    @cv.ValidateIf((query: Query) => query.kind === 'number') @cv.IsInt() value: unknown;
    @cv.IsInt({ validateIf: (query: Query) => query.kind === 'number' }) other: unknown = 1;
  }
  expect(check(Query, { kind: 'text', value: 'x', other: 'y' }).ok).toBe(true);
  expect(issuesOf(Query, { kind: 'number', value: 'x', other: 'y' })).toEqual([
    'value: must be an integer number',
    'other: must be an integer number',
  ]);
});

test('a validator sees the whole object, the one class-validator would use is asked', () => {
  @cv.ValidatorConstraint({ name: 'after' })
  class After implements cv.ValidatorConstraintInterface {
    validate(value: number, { object, constraints }: cv.ValidationArguments): boolean {
      return value > Number((object as Record<string, unknown>)[constraints[0] as string]);
    }
    defaultMessage(): string {
      return '$property must be after $constraint1';
    }
  }
  class Range {
    @cv.Validate(After, ['from']) to!: number;
    @cv.IsInt() from!: number;
  }
  expect(check(Range, { from: 1, to: 2 }).ok).toBe(true);
  const result = compileSchema(Range, 'Range').validate({ from: 2, to: 1 });
  return expect(Promise.resolve(result)).resolves.toEqual({
    ok: false,
    issues: [{ path: ['to'], message: 'must be after from' }],
  });
});

test('asynchronous validators are awaited, whether they say so or not', async () => {
  class Query {
    @cv.ValidateBy({
      name: 'taken',
      validator: {
        validate: (name) => Promise.resolve(name !== 'taken'),
        defaultMessage: () => '$property is taken',
      },
    })
    name!: string;
  }
  @cv.ValidatorConstraint({ async: true })
  class Free {
    validate(name: string): Promise<boolean> {
      return Promise.resolve(name !== 'taken');
    }
  }
  class Other {
    @cv.Validate(Free, { message: 'is taken' }) name!: string;
  }
  for (const cls of [Query, Other]) {
    const schema = compileSchema(cls, 'Query');
    expect(await schema.validate({ name: 'free' })).toEqual({ ok: true, value: { name: 'free' } });
    expect(await schema.validate({ name: 'taken' })).toEqual({
      ok: false,
      issues: [{ path: ['name'], message: 'is taken' }],
    });
  }
});

test('a validator that cannot read a value does not hide what another one says of it', async () => {
  class Query {
    @cv.IsString()
    @cv.ValidateBy({ name: 'trimmed', validator: { validate: (text: string) => text.trim() === text } })
    text!: string;
    @cv.IsOptional() @cv.IsNumber({ maxDecimalPlaces: 2 }) price?: number;
  }
  expect(await compileSchema(Query, 'Query').validate({ text: 5 })).toMatchObject({
    ok: false,
    issues: [{ path: ['text'], message: 'must be a string' }],
  });
  // class-validator reads the decimals of 1e-7 from its text, which has none.
  expect(await compileSchema(Query, 'Query').validate({ text: 'a', price: 1e-7 })).toMatchObject({
    ok: false,
    issues: [{ path: ['price'] }],
  });
});

test('an error of a validator is thrown where nothing else is wrong', async () => {
  class Query {
    @cv.ValidateBy({
      name: 'broken',
      validator: {
        validate: () => {
          throw new Error('no database');
        },
      },
    })
    name!: string;
  }
  await expect((async () => compileSchema(Query, 'Query').validate({ name: 'a' }))()).rejects.toThrow(
    'no database',
  );
});

test('one of several classes is chosen by its property', () => {
  class Circle {
    @cv.IsNumber() radius!: number;
  }
  class Square {
    @cv.IsNumber() side!: number;
  }
  class Drawing {
    @cv.ValidateNested({ each: true })
    @Type(() => Object, {
      discriminator: {
        property: 'kind',
        subTypes: [
          { value: Circle, name: 'circle' },
          { value: Square, name: 'square' },
        ],
      },
    })
    shapes!: (Circle | Square)[];
  }
  const value = valueOf(Drawing, {
    shapes: [
      { kind: 'square', side: 1 },
      { kind: 'circle', radius: 2 },
    ],
  }) as Drawing;
  expect(value.shapes.map((shape) => shape.constructor.name)).toEqual(['Square', 'Circle']);
  expect(value.shapes[0]).toEqual({ side: 1 });
  expect(issuesOf(Drawing, { shapes: [{ kind: 'line' }, { kind: 'circle', radius: 'x' }] })).toEqual([
    'shapes.0.kind: must be one of the following values: circle, square',
    'shapes.1.radius: must be a number conforming to the specified constraints',
  ]);
});

test('a class that holds itself is checked at every depth', () => {
  class Node {
    @cv.IsString() name!: string;
    @cv.IsOptional() @cv.ValidateNested({ each: true }) @Type(() => Node) children?: Node[];
  }
  expect(valueOf(Node, { name: 'a', children: [{ name: 'b', children: [{ name: 'c' }] }] })).toBeInstanceOf(
    Node,
  );
  expect(issuesOf(Node, { name: 'a', children: [{ name: 'b', children: [{ name: 3 }] }] })).toEqual([
    'children.0.children.0.name: must be a string',
  ]);
});

test('inherited validators apply, those of the class itself first', () => {
  class Page {
    @cv.IsInt() @cv.Max(100) limit = 10;
  }
  class Search extends Page {
    @cv.IsString() text!: string;
  }
  expect(issuesOf(Search, { text: 'a', limit: 101 })).toEqual(['limit: must not be greater than 100']);
});
