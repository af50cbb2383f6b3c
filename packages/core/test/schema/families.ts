import * as cv from 'class-validator';
import fc from 'fast-check';

/** What TypeScript makes of an enum of numbers, which maps back to the names. */
const Level = { low: 0, high: 5, 0: 'low', 5: 'high' };
const Unit = { celsius: 'C', fahrenheit: 'F' };

/** Decorators that may stand together, and values they may meet. */
export interface Family {
  readonly decorators: readonly PropertyDecorator[];
  readonly values: fc.Arbitrary<unknown>;
}

const each = { each: true };
/** Letters whose length is counted in more than one way. */
const odd = fc.constantFrom('a', '😀', '❤️', 'é', '\ufe0f', '\ud83d', '_', '1', ' ');
const texts = fc.oneof(
  fc.string({ unit: odd, maxLength: 6 }),
  fc.string({ maxLength: 4 }),
  fc.constantFrom(
    'C',
    'F',
    'abc',
    'jörg@example.com',
    'a@b.co',
    'https://example.com/ü',
    'example.com',
    '2024',
    '2024-02-31',
    '2024-02-29T10:00:00Z',
  ),
  fc.uuid(),
  fc.ipV4(),
  fc.ipV6(),
);
const numbers = fc.oneof(
  fc.integer({ min: -20, max: 20 }),
  fc.double({ min: -20, max: 20, noNaN: true }),
  fc.maxSafeInteger(),
);

/** Decorators by what they are about. */
export const FAMILIES: readonly Family[] = [
  {
    values: texts,
    decorators: [
      cv.IsString(),
      cv.Length(1, 3),
      cv.MinLength(2),
      cv.MaxLength(3),
      cv.IsNotEmpty(),
      cv.IsEmail(),
      cv.IsUrl(),
      cv.IsUUID(),
      cv.IsUUID('4'),
      cv.IsIP(),
      cv.IsIP('4'),
      cv.IsIP('6'),
      cv.IsISO8601(),
      cv.IsDateString({ strict: true }),
      cv.IsRFC3339(),
      cv.IsEnum(Unit),
      cv.IsIn(['C', 'abc', '']),
      cv.IsNotIn(['C']),
      cv.NotEquals('F'),
      cv.Contains('a'),
      cv.Matches(/^[a-z]+$/),
      cv.Matches(/^.{2}$/),
      cv.Matches(/^[^a]*$/i),
      cv.Matches('^\\S+$'),
      cv.Matches(/^\W\W$/),
      cv.Matches(/^\p{L}+$/u),
      cv.Matches(/\-/),
      cv.IsAlpha(),
      cv.IsByteLength(0, 4),
      cv.IsMongoId(),
    ],
  },
  {
    values: numbers,
    decorators: [
      cv.IsNumber(),
      cv.IsInt(),
      cv.Min(1),
      cv.Max(10),
      cv.Min(-2.5),
      cv.IsPositive(),
      cv.IsNegative(),
      cv.IsDivisibleBy(3),
      cv.IsDivisibleBy(2.5),
      cv.IsEnum(Level),
      cv.IsIn([1, 2.5, 'x']),
      cv.IsNotIn([0]),
      cv.NotEquals(5),
      cv.Equals(3),
      cv.IsNumber({ maxDecimalPlaces: 1 }),
      cv.IsLatitude(),
    ],
  },
  {
    values: fc.array(
      fc.oneof(
        fc.constantFrom('a', 'b', 'C'),
        fc.integer({ min: 0, max: 3 }),
        fc.constant({ a: 1 }),
        fc.constant(null),
      ),
      { maxLength: 4 },
    ),
    decorators: [
      cv.IsArray(),
      cv.ArrayMinSize(1),
      cv.ArrayMaxSize(2),
      cv.ArrayNotEmpty(),
      cv.ArrayUnique(),
      cv.ArrayUnique((item: unknown) => JSON.stringify(item)),
      cv.ArrayContains(['a']),
      cv.IsString(each),
      cv.IsInt(each),
      cv.IsIn(['a', 'b', 1], each),
      cv.MaxLength(1, each),
      cv.IsEnum(Level, each),
      cv.IsNotEmpty(each),
    ],
  },
  {
    values: fc.oneof(
      fc.boolean(),
      fc.dictionary(fc.string({ maxLength: 2 }), fc.integer(), { maxKeys: 2, noNullPrototype: true }),
      fc.constantFrom(null, '', undefined),
    ),
    decorators: [
      cv.IsBoolean(),
      cv.IsObject(),
      cv.IsNotEmptyObject(),
      cv.IsEmpty(),
      cv.IsDefined(),
      cv.Allow(),
      cv.Equals(true),
    ],
  },
  {
    values: fc.constantFrom(
      '2024-02-29T10:00:00Z',
      '2023-02-29T10:00:00Z',
      '2024-01-01T24:00:00Z',
      '2024-01-01',
      '2024-01-01T10:00:00.5+02:00',
      '0000-02-29T00:00:00Z',
      5,
    ),
    decorators: [
      cv.IsDate(),
      cv.MinDate(new Date('2024-01-15T00:00:00Z')),
      cv.MaxDate(new Date('2030-01-15T00:00:00Z')),
    ],
  },
];

/** One field: some decorators of a family, and values for it. */
export const field = fc.constantFrom(...FAMILIES).chain(({ decorators, values }) =>
  fc.record({
    decorators: fc.subarray([...decorators], { minLength: 1, maxLength: 3 }),
    optional: fc.boolean(),
    designed: fc.constantFrom(undefined, String, Number, Boolean, Array, Object),
    given: fc.array(
      fc.oneof(
        { arbitrary: values, weight: 8 },
        { arbitrary: fc.json({ maxDepth: 1 }).map((json): unknown => JSON.parse(json)), weight: 1 },
        { arbitrary: fc.constantFrom(null, undefined), weight: 1 },
      ),
      { minLength: 4, maxLength: 8 },
    ),
  }),
);
