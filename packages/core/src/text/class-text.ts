import { breaksLines } from './scan-source.js';

/** A class, as its text is asked for. */
export type ReadableClass = abstract new (...args: never[]) => unknown;

/**
 * The source text of a class, with its comments; undefined if a minifier has been over it.
 *
 * Compilers break lines, minifiers do not.
 */
export function classText(cls: ReadableClass): string | undefined {
  const text = Function.prototype.toString.call(cls);
  return /^class\b/.test(text) && breaksLines(text) ? text : undefined;
}

/** Why the text of a class may be gone, and what to do about it, for error texts. */
export const MINIFIED = {
  cause: 'a minifier has been over the class',
  cure: 'leave the classes of the server out of the minifier',
};

/** Whether anything in the text of a class is a doc comment. */
export function hasDocComments(cls: ReadableClass): boolean {
  return classText(cls)?.includes('/**') ?? false;
}

/** A class and those it extends, nearest first. */
export function* classChain(cls: ReadableClass): Generator<ReadableClass> {
  let current: unknown = cls;
  while (typeof current === 'function' && current !== Function.prototype) {
    yield current as ReadableClass;
    current = Object.getPrototypeOf(current);
  }
}
