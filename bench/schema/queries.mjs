import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsNumber,
  IsString,
  Length,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';

/** Five fields, none of them an e-mail address. */
export class Search {
  limit = 10;
}
decorate(Search, {
  text: [IsString(), Length(1, 100)],
  limit: [IsInt(), Min(1), Max(100)],
  order: [IsIn(['asc', 'desc'])],
  fuzzy: [IsBoolean()],
  weight: [IsNumber(), Min(0), Max(1)],
});

/** Five fields, one of them an e-mail address. */
export class Contact {
  // Its fields are named below.
}
decorate(Contact, {
  name: [IsString(), Length(1, 100)],
  mail: [IsEmail()],
  age: [IsInt(), Min(0), Max(150)],
  member: [IsBoolean()],
  note: [IsString(), MaxLength(1000)],
});

class Line {
  // Its fields are named below.
}
decorate(Line, {
  sku: [IsString(), Length(1, 20)],
  count: [IsInt(), Min(1)],
  price: [IsNumber(), Min(0)],
});

/** A list of objects. */
export class Order {
  // Its fields are named below.
}
decorate(Order, { lines: [IsArray(), ValidateNested({ each: true }), Type(() => Line)] });

/** An order of so many lines, as JSON carries it. */
export function orderOf(lines) {
  return {
    lines: Array.from({ length: lines }, (_, index) => ({
      sku: `part-${index}`,
      count: (index % 9) + 1,
      price: index / 4,
    })),
  };
}

/** What the compiler makes of decorators on fields. */
function decorate(cls, fields) {
  for (const [name, decorators] of Object.entries(fields))
    for (const decorator of decorators.toReversed()) decorator(cls.prototype, name);
}
