import type { TemplatePart } from './uri-template-syntax.js';

const SLASH = 47;
const HASH = 35;
const QUESTION = 63;

/**
 * Matches the parts of a template against a URI; gives the values of its parameters as they stand there, in order.
 *
 * Each parameter takes as much as it can. Time grows with the length of the URI times the number of parts, whatever
 * the URI is: there is no way back to be tried out.
 */
export function matchParts(parts: readonly TemplatePart[], uri: string): readonly string[] | undefined {
  const ends = endsOfParts(parts, uri);
  const values: string[] = [];
  let at = 0;
  for (let i = 0; i < parts.length; i++) {
    const end = ends[i]?.[at] ?? 0;
    if (end === 0) return undefined;
    if (parts[i]?.is === 'parameter') values.push(uri.slice(at, end));
    at = end;
  }
  return values;
}

/** For each part, where it ends if it begins at a place and all that follows it fits; 0 where it cannot begin. */
function endsOfParts(parts: readonly TemplatePart[], uri: string): readonly Int32Array[] {
  const ends: Int32Array[] = [];
  let next = new Int32Array(uri.length + 1);
  next[uri.length] = uri.length;
  for (let i = parts.length - 1; i >= 0; i--) {
    const part = parts[i] as TemplatePart;
    next = part.is === 'text' ? endsOfText(part.text, uri, next) : endsOfParameter(part.spans, uri, next);
    ends[i] = next;
  }
  return ends;
}

function endsOfText(text: string, uri: string, next: Int32Array): Int32Array<ArrayBuffer> {
  const ends = new Int32Array(uri.length + 1);
  for (let at = uri.length - text.length; at >= 0; at--) {
    const end = at + text.length;
    if (next[end] !== 0 && uri.startsWith(text, at)) ends[at] = end;
  }
  return ends;
}

function endsOfParameter(spans: boolean, uri: string, next: Int32Array): Int32Array<ArrayBuffer> {
  const ends = new Int32Array(uri.length + 1);
  let furthest = 0;
  for (let at = uri.length - 1; at >= 0; at--) {
    const code = uri.charCodeAt(at);
    if (code === QUESTION || code === HASH || (code === SLASH && !spans)) {
      furthest = 0;
      continue;
    }
    if (furthest === 0 && next[at + 1] !== 0) furthest = at + 1;
    ends[at] = furthest;
  }
  return ends;
}
