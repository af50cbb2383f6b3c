/** What the value of an option has to be. */
export interface OptionShape {
  /** Reads on from "Give it": `a string`. */
  readonly expected: string;
  /** The options inside, where the value is an object of some. */
  readonly inside?: OptionShapes;
  /** Whether undefined is a mistake too, rather than an option left out. */
  readonly demanded?: true;
  admits(value: unknown): boolean;
}

/** The options of one kind, by name. */
export type OptionShapes = Readonly<Record<string, OptionShape>>;

/** A shape for each option of a type: a new option without one does not compile. */
export type ShapesOf<T> = Readonly<Record<keyof T & string, OptionShape>>;

/** Values that a test admits. */
export const shape = (expected: string, admits: (value: unknown) => boolean): OptionShape => ({
  expected,
  admits,
});

/** One of some words. */
export const oneOf = (...values: readonly string[]): OptionShape =>
  shape(`one of ${values.map((each) => `"${each}"`).join(', ')}`, (value) =>
    values.includes(value as string),
  );

/** A list of what a test admits. */
export const listOf = (what: string, admits: (value: unknown) => boolean = () => true): OptionShape =>
  shape(`a list of ${what}`, (value) => Array.isArray(value) && value.every(admits));

/** A number that a test admits. */
export const number = (what: string, admits: (value: number) => boolean): OptionShape =>
  shape(what, (value) => typeof value === 'number' && admits(value));

/** An object of further options. */
export const object = (inside: OptionShapes): OptionShape => ({ ...OBJECT, inside });

/** What may not be left out. */
export const demanded = (of: OptionShape): OptionShape => ({ ...of, demanded: true });

export const isText = (value: unknown): boolean => typeof value === 'string';
export const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const TEXT = shape('a string', isText);
export const FLAG = shape('true or false', (value) => typeof value === 'boolean');
export const OBJECT = shape('an object', isObject);
export const FUNCTION = shape('a function', (value) => typeof value === 'function');
export const MILLISECONDS = number(
  'a number of milliseconds above 0',
  (value) => value > 0 && Number.isFinite(value),
);
