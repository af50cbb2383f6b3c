/** What cannot be sent, and where it stands. */
export class NotPlain extends Error {
  constructor(what: string, path: string) {
    super(`${what} at ${path}`);
  }
}

/**
 * A value as plain JSON data: dates as ISO strings, big integers as strings, maps as objects, sets as arrays, bytes as base64.
 *
 * What is plain already is returned as it is. Throws NotPlain for a circle, a function or a promise.
 */
export function toPlain(value: unknown, path = 'result'): unknown {
  return convert(value, path, new Set());
}

function convert(value: unknown, path: string, above: Set<object>): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'function' || typeof value === 'symbol') throw new NotPlain(`a ${typeof value}`, path);
  if (typeof value !== 'object' || value === null) return value;
  if (above.has(value)) throw new NotPlain('a circular structure', path);
  if (value instanceof Promise) throw new NotPlain('an unresolved Promise (await it)', path);
  above.add(value);
  const plain = convertObject(value, path, above);
  above.delete(value);
  return plain;
}

function convertObject(value: object, path: string, above: Set<object>): unknown {
  if (Array.isArray(value)) return convertArray(value, path, above);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
  if (value instanceof Set) return convertArray([...value], path, above);
  if (value instanceof Map) {
    return convertMembers(
      Object.fromEntries([...value].map(([key, each]) => [String(key), each as unknown])),
      path,
      above,
    );
  }
  const { toJSON } = value as { toJSON?: unknown };
  if (typeof toJSON === 'function') return convert(toJSON.call(value), path, above);
  return convertMembers(value as Record<string, unknown>, path, above);
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
