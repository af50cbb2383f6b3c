import { isObject } from './guards.js';
import type { JsonSchema } from './schema.js';

/**
 * The part of a schema that a reference within it names; undefined where it leads elsewhere or nowhere.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6901#section-6
 */
export function followRef(root: JsonSchema, ref: unknown): unknown {
  if (typeof ref !== 'string' || !/^#(\/|$)/.test(ref)) return undefined;
  return ref.split('/').slice(1).reduce<unknown>(step, root);
}

/** One name as a step of a reference. */
export function toRefStep(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
}

function step(part: unknown, written: string): unknown {
  const name = fromRefStep(written);
  if (Array.isArray(part)) return /^\d+$/.test(name) ? part[Number(name)] : undefined;
  return isObject(part) && Object.hasOwn(part, name) ? part[name] : undefined;
}

function fromRefStep(written: string): string {
  return decode(written).replaceAll('~1', '/').replaceAll('~0', '~');
}

function decode(written: string): string {
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}
