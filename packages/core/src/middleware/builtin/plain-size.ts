/** How deep a result may go. */
const MAX_DEPTH = 64;

/** About how many bytes plain data takes as JSON; undefined where JSON cannot carry it. Cheaper than to write it. */
export function plainSize(value: unknown, depth = 0): number | undefined {
  switch (typeof value) {
    case 'string':
      return Buffer.byteLength(value) + 2;
    case 'number':
    case 'boolean':
      return 8;
    case 'undefined':
      return 0;
    case 'object':
      return value === null ? 4 : depth > MAX_DEPTH ? undefined : sizeOfMembers(value, depth + 1);
    default:
      return undefined;
  }
}

function sizeOfMembers(of: object, depth: number): number | undefined {
  const isList = Array.isArray(of);
  let size = 2;
  for (const name in of) {
    const member = plainSize((of as Readonly<Record<string, unknown>>)[name], depth);
    if (member === undefined) return undefined;
    size += member + (isList ? 1 : name.length + 4);
  }
  return size;
}
