import { breaksLines, findInCode } from './scan-source.js';

/** A class, as its text is asked for. */
export type ReadableClass = abstract new (...args: never[]) => unknown;

/** What has taken the text of a class away, and what to do about it, for error texts. */
export interface TextLoss {
  readonly cause: string;
  readonly cure: string;
}

/** The source text of a class, with its comments; undefined if the build has taken it away. */
export function classText(cls: ReadableClass): string | undefined {
  return textLoss(cls) ? undefined : Function.prototype.toString.call(cls);
}

/** What has taken the text of a class away; undefined if it is as it was written. */
export function textLoss(cls: ReadableClass): TextLoss | undefined {
  const text = Function.prototype.toString.call(cls);
  if (!/^class\b/.test(text)) return NO_CLASS;
  return isMinified(text) ? MINIFIED : undefined;
}

const MINIFIED: TextLoss = {
  cause: 'a minifier has been over the class',
  cure: 'leave the classes of the server out of the minifier',
};

const NO_CLASS: TextLoss = {
  cause: 'it runs as a function, not as the class that was written',
  cure: 'compile to "target": "es2022" or newer, and let no decorator put something else in place of the class',
};

/** Compilers break lines; people who write a class on one line leave a blank before its body; minifiers do neither. */
function isMinified(text: string): boolean {
  return !breaksLines(text) && !/\s/.test(text.charAt(findInCode(text, 'class'.length, '{') - 1));
}

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
