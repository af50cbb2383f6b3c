import 'reflect-metadata';
import { Expose, Transform, Type } from 'class-transformer';
import * as cv from 'class-validator';
import { Description } from '../../src/decorators/description.js';
import { FrameworkError } from '../../src/errors/framework-error.js';
import { compileSchema } from '../../src/schema/compile.js';
import type { ClassOf, JsonSchema } from '../../src/schema/schema.js';
import { thrown } from '../mistake.js';

const jsonOf = (cls: ClassOf): JsonSchema => compileSchema(cls, cls.name).json;
const fieldsOf = (cls: ClassOf): Record<string, JsonSchema> =>
  jsonOf(cls).properties as Record<string, JsonSchema>;
const mistakeOf = (cls: ClassOf): FrameworkError =>
  thrown(() => compileSchema(cls, 'the arguments of Tools.run()'));

test('a class is published with types, limits, descriptions and defaults', () => {
  class ForecastQuery {
    /** City as people write it. */
    @cv.IsString() @cv.Length(1, 80) city!: string;
    /** Days ahead. */
    @cv.IsInt() @cv.Min(1) @cv.Max(14) days: number = 3;
    @cv.IsOptional() @cv.IsBoolean() detailed?: boolean;
  }
  expect(jsonOf(ForecastQuery)).toEqual({
    type: 'object',
    properties: {
      city: { type: 'string', description: 'City as people write it.', minLength: 1, maxLength: 80 },
      days: { type: 'integer', description: 'Days ahead.', minimum: 1, maximum: 14, default: 3 },
      detailed: { type: ['boolean', 'null'] },
    },
    required: ['city'],
    additionalProperties: false,
  });
});

test('the order is that of the text, ancestors first', () => {
  class Page {
    @cv.IsInt() limit = 10;
    @cv.IsOptional() @cv.IsString() cursor?: string;
  }
  class Search extends Page {
    @cv.IsString() text!: string;
    @cv.IsInt() @cv.Max(5) override limit = 5;
  }
  expect(Object.keys(fieldsOf(Search))).toEqual(['cursor', 'text', 'limit']);
  expect(fieldsOf(Search).limit).toEqual({ type: 'integer', maximum: 5, default: 5 });
});

test('each validator says its keyword', () => {
  class Query {
    @cv.IsNumber() @cv.IsPositive() @cv.IsDivisibleBy(5) price!: number;
    @cv.IsNegative() debt!: number;
    @cv.MinLength(2) @cv.MaxLength(9) @cv.IsNotEmpty() name!: string;
    @cv.Matches(/^[a-z]+$/) slug!: string;
    @cv.IsUUID() id!: string;
    @cv.IsIP(4) host!: string;
    @cv.IsIn([1, 'a', null]) one!: unknown;
    @cv.IsNotIn(['x']) @cv.NotEquals('y') @cv.IsString() other!: string;
    @cv.Equals('fixed') fixed!: string;
    @cv.IsDate() at!: Date;
    @cv.IsArray()
    @cv.ArrayMinSize(1)
    @cv.ArrayMaxSize(3)
    @cv.ArrayUnique()
    @cv.IsString({ each: true })
    tags!: string[];
    @cv.IsNotEmptyObject() extra!: object;
  }
  expect(fieldsOf(Query)).toEqual({
    price: { type: 'number', multipleOf: 5, exclusiveMinimum: 0 },
    debt: { type: 'number', exclusiveMaximum: 0 },
    name: { type: 'string', minLength: 2, maxLength: 9 },
    slug: { type: 'string', pattern: '^[a-z]+$' },
    id: { type: 'string', format: 'uuid' },
    host: { type: 'string', format: 'ipv4' },
    one: { type: ['integer', 'string', 'null'], enum: [1, 'a', null] },
    other: { type: 'string', not: { enum: ['y'] }, allOf: [{ not: { enum: ['x'] } }] },
    fixed: { type: 'string', enum: ['fixed'] },
    at: { type: 'string', format: 'date-time' },
    tags: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 3, uniqueItems: true },
    extra: { type: 'object', minProperties: 1 },
  });
});

test('what keywords cannot say is said in the description', () => {
  class Query {
    /** Where to send it. */
    @cv.IsEmail() mail!: string;
    @cv.Matches(/^[a-z]+$/i) code!: string;
    @cv.IsNumber({ maxDecimalPlaces: 2 }) price!: number;
    @cv.IsISO8601({}, { each: true }) days!: string[];
    @cv.ArrayUnique() @cv.IsObject({ each: true }) points!: object[];
    @cv.IsString({ message: 'Say please' }) @cv.IsLowercase({ message: 'small letters only' }) word!: string;
  }
  expect(fieldsOf(Query)).toMatchObject({
    mail: { type: 'string', description: 'Where to send it. Must be an email.' },
    code: { type: 'string', description: 'Must match /^[a-z]+$/i.' },
    price: { type: 'number', description: 'Must have at most 2 decimal places.' },
    days: { description: 'Each value must be a valid ISO 8601 date string.' },
    points: { type: 'array', items: { type: 'object' }, description: 'All its elements must be unique.' },
    word: { description: 'Small letters only.' },
  });
  expect(fieldsOf(Query).points).not.toHaveProperty('uniqueItems');
});

test('a description stands in the comment of the field, or above it in a decorator', () => {
  class Query {
    /** Not read. */
    @Description('City as people write it.') @cv.IsString() city!: string;
    /** Days ahead. */
    @cv.IsInt() days!: number;
  }
  expect(fieldsOf(Query)).toEqual({
    city: { type: 'string', description: 'City as people write it.' },
    days: { type: 'integer', description: 'Days ahead.' },
  });
});

test('a class that is written on one line, without fields of its own, has lost no comments', () => {
  class Base {
    @cv.IsString() city!: string;
  }
  const written = new Function('Base', 'return class Query extends Base {}') as (base: object) => ClassOf;
  expect(fieldsOf(written(Base))).toEqual({ city: { type: 'string' } });
});

test('an enum is its values, also where numbers are mapped back to names', () => {
  const Level = { low: 0, high: 5, 0: 'low', 5: 'high' };
  class Query {
    @cv.IsEnum(Level) level!: number;
    @cv.IsOptional() @cv.IsEnum({ celsius: 'C', fahrenheit: 'F' }) unit?: string;
  }
  expect(fieldsOf(Query)).toEqual({
    level: { type: 'integer', enum: [0, 5] },
    unit: { type: ['string', 'null'], enum: ['C', 'F', null] },
  });
});

test('the compiler says the type where no validator does', () => {
  class Query {
    @cv.Allow() text!: string;
    @cv.IsNotEmpty() count!: number;
    @cv.Allow() at!: Date;
    @cv.Allow() anything: unknown;
  }
  expect(fieldsOf(Query)).toEqual({
    text: { type: 'string' },
    count: { type: 'number' },
    at: { type: 'string', format: 'date-time' },
    anything: {},
  });
  expect(jsonOf(Query).required).toEqual(['count']);
});

test('only a default that is the same each time, is JSON and passes its validators is published', () => {
  let next = 0;
  class Query {
    @cv.IsString() unit = 'C';
    @cv.IsInt() serial = next++;
    @cv.IsNumber() now = Date.now();
    @cv.IsNotEmpty() @cv.IsString() name = '';
    @cv.IsArray() @cv.IsString({ each: true }) tags: string[] = [];
    @cv.IsDate() at = new Date(0);
    @cv.IsOptional() @cv.IsString() note: string | null = null;
  }
  const defaults = Object.entries(fieldsOf(Query)).flatMap(([name, field]) =>
    'default' in field ? [[name, field.default]] : [],
  );
  expect(defaults).toEqual([
    ['unit', 'C'],
    ['tags', []],
    ['note', null],
  ]);
  expect(jsonOf(Query).required).toEqual(['name']);
});

test('nested classes stand inside, with null where they are optional', () => {
  class Point {
    @cv.IsNumber() lat!: number;
  }
  class Query {
    @cv.ValidateNested() @Type(() => Point) from!: Point;
    @cv.IsOptional() @cv.ValidateNested() to?: Point;
    @cv.ArrayNotEmpty() @cv.ValidateNested({ each: true }) @Type(() => Point) via!: Point[];
  }
  const point = {
    type: 'object',
    properties: { lat: { type: 'number' } },
    required: ['lat'],
    additionalProperties: false,
  };
  expect(fieldsOf(Query)).toEqual({
    from: point,
    to: { ...point, type: ['object', 'null'] },
    via: { type: 'array', items: point, minItems: 1 },
  });
  expect(jsonOf(Query).required).toEqual(['via']);
});

test('a class that holds itself is a definition, and classes of one name are two', () => {
  const other = (() => {
    class Node {
      @cv.IsOptional() @cv.ValidateNested() @Type(() => Node) next?: Node;
    }
    return Node;
  })();
  class Node {
    @cv.IsString() name!: string;
    @cv.IsOptional() @cv.ValidateNested({ each: true }) @Type(() => Node) children?: Node[];
    @cv.IsOptional() @cv.ValidateNested() @Type(() => other) chain?: object;
  }
  const json = jsonOf(Node);
  expect(json.type).toBe('object');
  expect(Object.keys(json.$defs as object)).toEqual(['Node', 'Node2']);
  expect((json.properties as Record<string, JsonSchema>).children).toEqual({
    type: ['array', 'null'],
    items: { $ref: '#/$defs/Node' },
  });
  expect((json.$defs as Record<string, JsonSchema>).Node2?.properties).toEqual({
    next: { anyOf: [{ $ref: '#/$defs/Node2' }, { type: 'null' }] },
  });
});

test('one of several classes is published as a choice', () => {
  class Shape {
    @cv.IsString() color!: string;
  }
  class Circle extends Shape {
    @cv.IsNumber() radius!: number;
  }
  class Square extends Shape {
    @cv.IsNumber() side!: number;
  }
  class Drawing {
    @cv.ValidateNested()
    @Type(() => Shape, {
      discriminator: {
        property: 'kind',
        subTypes: [
          { value: Circle, name: 'circle' },
          { value: Square, name: 'square' },
        ],
      },
    })
    shape!: Circle | Square;
  }
  const [circle] = (fieldsOf(Drawing).shape?.oneOf ?? []) as JsonSchema[];
  expect(circle).toEqual({
    type: 'object',
    properties: { kind: { const: 'circle' }, color: { type: 'string' }, radius: { type: 'number' } },
    required: ['kind', 'color', 'radius'],
    additionalProperties: false,
  });
});

test('of what is converted or checked sometimes only words are published', () => {
  class Query {
    @Transform(({ value }) => String(value).trim()) @cv.IsString() @cv.MaxLength(5) name!: string;
    @cv.ValidateIf((query: Query) => query.name === 'a') @cv.IsInt() count!: number;
    @Expose({ name: 'page-size' }) @cv.IsInt() pageSize!: number;
  }
  expect(fieldsOf(Query)).toEqual({
    name: { description: 'Must be shorter than or equal to 5 characters; must be a string.' },
    count: { description: 'In some cases: must be an integer number.' },
    'page-size': { type: 'integer' },
  });
  expect(jsonOf(Query).required).toEqual(['page-size']);
});

test('a validator of the author is described by its message, and never asked at boot', () => {
  const asked = jest.fn(() => false);
  class Query {
    @cv.ValidateBy({
      name: 'isSlug',
      validator: { validate: asked, defaultMessage: () => '$property must be a slug' },
    })
    slug!: string;
  }
  expect(jsonOf(Query)).toEqual({
    type: 'object',
    properties: { slug: { type: 'string', description: 'Must be a slug.' } },
    additionalProperties: false,
  });
  expect(asked).not.toHaveBeenCalled();
});

test('validators that come with the library are known', () => {
  const names = Object.entries(cv).flatMap(([key, name]) =>
    /^[A-Z0-9_]+$/.test(key) && typeof name === 'string' ? [name] : [],
  );
  const unknown = names.filter((name) => {
    class Query {}
    cv.ValidateBy({
      name,
      constraints: [{}],
      validator: { validate: () => true, defaultMessage: () => 'must be asked' },
    })(Query.prototype, 'it');
    return (
      (fieldsOf(Query).it?.description ?? '') === 'Must be asked.' && fieldsOf(Query).it?.type === undefined
    );
  });
  expect(
    unknown.filter((name) => !['isInstance', 'isOptional', 'isEnum', 'isIn', 'equals'].includes(name)),
  ).toEqual([]);
});

describe('a class no schema can be made of is told', () => {
  test('without decorators', () => {
    class Query {
      city = '';
    }
    expect(mistakeOf(Query)).toMatchObject({
      code: 'ERR_SCHEMA_TYPE',
      fix: expect.stringContaining('Decorate the fields of Query') as string,
    });
  });

  test('with a nested class nothing checks', () => {
    class Point {
      @cv.IsNumber() lat!: number;
    }
    class Query {
      @cv.IsObject() at!: Point;
    }
    expect(mistakeOf(Query)).toMatchObject({
      fix: expect.stringContaining('@ValidateNested() and @Type(() => Point)') as string,
    });
    expect(mistakeOf(Query).message).toContain('Query.at');
  });

  test('with a nested list of no class', () => {
    class Query {
      @cv.ValidateNested({ each: true }) points!: object[];
    }
    expect(mistakeOf(Query).fix).toContain('@Type(() => TheClass)');
  });

  test('with validators that contradict each other', () => {
    class Query {
      @cv.IsString() @cv.IsInt() both!: string;
    }
    expect(mistakeOf(Query).message).toContain('contradict');
  });

  test('with a constructor that needs something', () => {
    class Query {
      @cv.IsString() city: string;
      constructor(from: { city: string }) {
        this.city = from.city;
      }
    }
    expect(mistakeOf(Query).fix).toContain('constructor of Query');
  });

  test('with validators on a getter, a Set, or a constraint that is not declared', () => {
    class Full {
      @cv.IsString() get name(): string {
        return '';
      }
    }
    class Tags {
      @cv.IsString({ each: true }) tags!: Set<string>;
    }
    class Even {
      validate = (): boolean => true;
    }
    class Query {
      @cv.Validate(Even) count!: number;
    }
    expect(mistakeOf(Full).message).toContain('getter');
    expect(mistakeOf(Tags).message).toContain('no Set');
    expect(mistakeOf(Query).fix).toContain('@ValidatorConstraint() above class Even');
  });
});
