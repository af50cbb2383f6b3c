/** A class, as its text is asked for. */
export type ReadableClass = abstract new (...args: never[]) => unknown;

/**
 * The source text of a class, with its comments; undefined if a minifier has been over it.
 *
 * Compilers break lines, minifiers do not.
 */
export function classText(cls: ReadableClass): string | undefined {
  const text = Function.prototype.toString.call(cls);
  return /^class\b/.test(text) && text.includes('\n') ? text : undefined;
}

/** A class and those it extends, nearest first. */
export function* classChain(cls: ReadableClass): Generator<ReadableClass> {
  let current: unknown = cls;
  while (typeof current === 'function' && current !== Function.prototype) {
    yield current as ReadableClass;
    current = Object.getPrototypeOf(current);
  }
}
