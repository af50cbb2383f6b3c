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
  return read(cls).text;
}

/** What has taken the text of a class away; undefined if it is as it was written. */
export function textLoss(cls: ReadableClass): TextLoss | undefined {
  return read(cls).loss;
}

interface ReadText {
  readonly text: string | undefined;
  readonly loss: TextLoss | undefined;
}

/** Each class is read once: it is asked for each of its methods and fields. */
const known = new WeakMap<ReadableClass, ReadText>();

function read(cls: ReadableClass): ReadText {
  const before = known.get(cls);
  if (before) return before;
  const text = Function.prototype.toString.call(cls);
  const loss = !/^class\b/.test(text) ? NO_CLASS : isMinified(text) ? MINIFIED : undefined;
  const now = { text: loss ? undefined : text, loss };
  known.set(cls, now);
  return now;
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
export function classChain(cls: ReadableClass): readonly ReadableClass[] {
  const chain: ReadableClass[] = [];
  let current: unknown = cls;
  while (typeof current === 'function' && current !== Function.prototype) {
    chain.push(current as ReadableClass);
    current = Object.getPrototypeOf(current);
  }
  return chain;
}
