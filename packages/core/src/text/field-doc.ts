import { classChain, classText, type ReadableClass } from './class-text.js';
import { parseDocComment, type DocComment } from './doc-comment.js';

/** Reads the doc comment above a field or getter, of a class or of its nearest ancestor. */
export function readFieldDoc(cls: ReadableClass, field: string): DocComment | undefined {
  for (const each of classChain(cls)) {
    const block = blocksOf(each).get(field);
    if (block !== undefined) return parseDocComment(block);
  }
  return undefined;
}

/** Each class is read once: it is asked for every of its fields. */
const read = new WeakMap<ReadableClass, ReadonlyMap<string, string>>();

/** The doc comments of a class, by the field they stand above; the first counts. */
function blocksOf(cls: ReadableClass): ReadonlyMap<string, string> {
  const known = read.get(cls);
  if (known) return known;
  const blocks = new Map<string, string>();
  for (const [, block = '', bare, quoted, getter] of (classText(cls) ?? '').matchAll(FIELD)) {
    const name = bare ?? getter ?? quoted?.slice(1, -1) ?? '';
    if (!blocks.has(name)) blocks.set(name, block);
  }
  read.set(cls, blocks);
  return blocks;
}

/**
 * A doc comment, then the field or its getter; between them at most comments that end their line.
 *
 * `this.` stands there where the compiler moves initialisers into the constructor.
 */
const FIELD =
  /(\/\*\*(?:(?!\*\/)[^])*\*\/)\s*(?:\/\/[^\n]*\s+)*(?:(?:this\.)?(?:([^\s;=.,:"'`()[\]{}]+)|("[^"\n]*"|'[^'\n]*'))\s*(?:;|=(?!=))|get\s+([^\s;=.,:"'`()[\]{}]+)\s*\()/g;
