/** Imported where compilers see only a name: each writes something else of it. */
// eslint-disable-next-line no-restricted-syntax -- what compilers make of enums is what is tested
export enum Unit {
  Celsius = 'C',
  Fahrenheit = 'F',
}

// eslint-disable-next-line no-restricted-syntax -- likewise, of an enum of numbers
export enum Level {
  Low,
  High = 5,
}

export interface Shape {
  readonly city: string;
}
