import { classChain, classText, textLoss, type ReadableClass, type TextLoss } from './class-text.js';
import { parseDocComment, type DocComment } from './doc-comment.js';
import { readParameters, type ParameterText } from './parameter-text.js';

/** What a method's source text says that the compiler's metadata does not. */
export interface MethodText {
  /** The comment directly above the method. */
  readonly doc?: DocComment;
  readonly parameters: readonly ParameterText[];
}

/**
 * Reads a method's text: its doc comment, and the names and defaults of its parameters.
 *
 * The text is that of the nearest class that declares the method; undefined if there is none, or if it is no longer as
 * written: minified, or the method was replaced by a function from elsewhere.
 */
export function readMethodText(cls: ReadableClass, name: string): MethodText | undefined {
  const found = findDeclared(cls, name);
  return found && readDeclared(classText(found.cls), found.declared, name);
}

/** What has taken away the text of the class that declares a method; undefined if nothing has. */
export function methodTextLoss(cls: ReadableClass, name: string): TextLoss | undefined {
  const found = findDeclared(cls, name);
  return found && textLoss(found.cls);
}

/** The names of a constructor's parameters, as far as its class's text has them. */
export function readConstructorNames(cls: ReadableClass): readonly (string | undefined)[] {
  const text = classText(cls);
  const start = text === undefined ? undefined : startOfMember(text, 'constructor');
  if (text === undefined || start === undefined) return [];
  return (readParameters(text, start) ?? []).map((parameter) => parameter.name);
}

/** The nearest class that declares a method, and what it declares. */
function findDeclared(
  cls: ReadableClass,
  name: string,
): { readonly cls: ReadableClass; readonly declared: PropertyDescriptor } | undefined {
  for (const each of classChain(cls)) {
    const declared = Object.getOwnPropertyDescriptor(each.prototype as object, name);
    if (declared) return { cls: each, declared };
  }
  return undefined;
}

function readDeclared(
  text: string | undefined,
  declared: PropertyDescriptor,
  name: string,
): MethodText | undefined {
  const method: unknown = declared.value ?? declared.get ?? declared.set;
  if (text === undefined || typeof method !== 'function') return undefined;
  // A method's text is an exact slice of its class's; a function that another decorator put in its place is not.
  const start = startOfSlice(text, Function.prototype.toString.call(method)) ?? startOfMember(text, name);
  if (start === undefined) return undefined;
  const parameters = readParameters(text, start);
  const block = docCommentBefore(text, start);
  return parameters && { ...(block === undefined ? {} : { doc: parseDocComment(block) }), parameters };
}

/** Where a method stands in the text of its class; a static one may have the same text. */
function startOfSlice(text: string, slice: string): number | undefined {
  for (let at = text.indexOf(slice); at !== -1; at = text.indexOf(slice, at + 1)) {
    if (!/\bstatic\s*$/.test(text.slice(0, at))) return at;
  }
  return undefined;
}

/** Where the one member of this name begins, on its own line or behind its comment, if exactly one does. */
function startOfMember(text: string, name: string): number | undefined {
  const escaped = name.replaceAll('$', '\\$');
  const found = [
    ...text.matchAll(new RegExp(String.raw`(?:^|\*/)[ \t]*((?:async\s+)?(?:\*\s*)?${escaped}\s*\()`, 'gm')),
  ];
  const starts = found.map((match) => match.index + match[0].length - (match[1] ?? '').length);
  const [only, another] = starts.filter((start) => readParameters(text, start) !== undefined);
  return another === undefined ? only : undefined;
}

/** The doc comment that ends where the member begins; other comments may stand between them. */
function docCommentBefore(text: string, end: number): string | undefined {
  const before = text.slice(0, end).trimEnd();
  if (before.endsWith('*/')) {
    const open = before.lastIndexOf('/*');
    const block = before.slice(open);
    return block.startsWith('/**') && block.length > 4 ? block : docCommentBefore(text, open);
  }
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const comment = /^(\s*|.*\*\/\s*)\/\/.*$/.exec(line);
  return comment
    ? docCommentBefore(text, before.length - line.length + (comment[1] ?? '').length)
    : undefined;
}
