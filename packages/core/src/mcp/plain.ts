import { base64, bytesOf } from './bytes.js';
import { exposedOf } from './exposed.js';

/** What cannot be sent, and where it stands. */
export class NotPlain extends Error {
  constructor(what: string, path: string) {
    super(`${what} at ${path}`);
  }
}

/**
 * A value as plain JSON data: dates as ISO strings, big integers as strings, maps as objects, sets as arrays, bytes as base64.
 *
 * An error is its name and message, a pattern its text; `toJSON` decides for itself, and @Expose and @Exclude of
 * class-transformer are kept to. What is plain already is returned as it is. Throws NotPlain for a circle, a function,
 * a promise, a map whose keys are no names, or what has yet to be read: iterators, streams, responses.
 */
export function toPlain(value: unknown, path = 'result'): unknown {
  return convert(value, path, new Set());
}

function convert(value: unknown, path: string, above: Set<object>): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'function' || typeof value === 'symbol') throw new NotPlain(`a ${typeof value}`, path);
  if (typeof value !== 'object' || value === null) return value;
  if (above.has(value)) throw new NotPlain('a circular structure', path);
  above.add(value);
  const plain = convertObject(value, path, above);
  above.delete(value);
  return plain;
}

function convertObject(value: object, path: string, above: Set<object>): unknown {
  if (Array.isArray(value)) return convertArray(value, path, above);
  const prototype: unknown = Object.getPrototypeOf(value);
  const ofClass = prototype !== Object.prototype && prototype !== null;
  const built = ofClass ? convertBuiltIn(value, path, above) : undefined;
  if (built !== undefined) return built;
  const { toJSON } = value as { toJSON?: unknown };
  if (typeof toJSON === 'function') return convert(toJSON.call(value), path, above);
  const unread = ofClass ? unreadOf(value) : undefined;
  if (unread !== undefined) throw new NotPlain(unread, path);
  const exposed = ofClass ? expose(value, path) : undefined;
  if (exposed !== undefined) return convert(exposed, path, above);
  return convertMembers(value as Record<string, unknown>, path, above);
}

/** What is made of the language's own objects; undefined for all others. */
function convertBuiltIn(value: object, path: string, above: Set<object>): unknown {
  if (value instanceof Promise) {
    // Nobody will wait for it now: what it may still throw must not end the process.
    value.catch(() => undefined);
    throw new NotPlain('an unresolved Promise (await it)', path);
  }
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Set) return convertArray([...value], path, above);
  if (value instanceof Map) return convertMembers(membersOf(value, path), path, above);
  const bytes = bytesOf(value);
  if (bytes) return base64(bytes);
  if (ArrayBuffer.isView(value))
    return convertArray([...(value as unknown as Iterable<unknown>)], path, above);
  if (value instanceof RegExp) return String(value);
  // Its other members may hold what nobody meant to send: requests with their headers, for one.
  if (value instanceof Error) return { name: value.name, message: value.message };
  return undefined;
}

/** What would be sent as an empty object, because all that it holds comes only when it is read. */
function unreadOf(value: object): string | undefined {
  const has = (name: string | symbol): boolean =>
    typeof (value as Readonly<Record<string | symbol, unknown>>)[name] === 'function';
  if (has(Symbol.asyncIterator)) return 'a stream or an async iterator (return what it gives, as a list)';
  if (has(Symbol.iterator) && has('next')) return 'an iterator (return [...it])';
  if (has('arrayBuffer') && has('text')) return 'a body that was not read (await its json() or text())';
  return undefined;
}

function membersOf(map: ReadonlyMap<unknown, unknown>, path: string): Record<string, unknown> {
  return Object.fromEntries([...map].map(([key, value]) => [nameOf(key, path), value]));
}

function nameOf(key: unknown, path: string): string {
  if (key instanceof Date && !Number.isNaN(key.getTime())) return key.toISOString();
  if ((typeof key === 'object' && key !== null) || typeof key === 'function' || typeof key === 'symbol')
    throw new NotPlain('a Map whose keys are no names (return [...map])', path);
  return String(key);
}

function expose(value: object, path: string): unknown {
  try {
    return exposedOf(value);
  } catch (error) {
    // What @Type leads into is class-transformer's to walk, and it goes round a circle until the stack is full.
    if (error instanceof RangeError && error.message.includes('call stack'))
      throw new NotPlain('a circular structure', path);
    throw error;
  }
}

function convertArray(array: readonly unknown[], path: string, above: Set<object>): unknown {
  let copy: unknown[] | undefined;
  for (let i = 0; i < array.length; i++) {
    const item = array[i];
    const plain = isScalar(item) ? item : convert(item, `${path}[${i}]`, above);
    if (plain !== item) (copy ??= array.slice())[i] = plain;
  }
  return copy ?? array;
}

function convertMembers(object: Record<string, unknown>, path: string, above: Set<object>): unknown {
  let copy: Record<string, unknown> | undefined;
  for (const key of Object.keys(object)) {
    const member = object[key];
    const plain = isScalar(member) ? member : convert(member, `${path}.${key}`, above);
    if (plain !== member) (copy ??= { ...object })[key] = plain;
  }
  return copy ?? object;
}

function isScalar(value: unknown): boolean {
  return (
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    value === null ||
    value === undefined
  );
}
