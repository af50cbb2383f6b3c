import { classChain, classText, type ReadableClass } from './class-text.js';
import { parseDocComment, type DocComment } from './doc-comment.js';

/** Reads the doc comment above a field of a class, or of its nearest ancestor that has one. */
export function readFieldDoc(cls: ReadableClass, field: string): DocComment | undefined {
  const pattern = fieldPattern(field);
  for (const each of classChain(cls)) {
    const block = pattern.exec(classText(each) ?? '')?.[1];
    if (block !== undefined) return parseDocComment(block);
  }
  return undefined;
}

/**
 * A doc comment, then the field; between them at most comments that end their line.
 *
 * `this.` stands there where the compiler moves initialisers into the constructor.
 */
function fieldPattern(field: string): RegExp {
  const name = field.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return new RegExp(
    String.raw`(/\*\*(?:(?!\*/)[^])*\*/)\s*(?://[^\n]*\s+)*(?:this\.)?(?:${name}|"${name}"|'${name}')\s*(?:;|=(?!=))`,
  );
}
