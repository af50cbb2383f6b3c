/** What JSON carries in place of a built-in type that it has no word for; undefined for every other type. */
export function carriedAs(type: unknown): string | undefined {
  return CARRIED.get(type) ?? (isTypedArray(type) ? 'a list of numbers' : undefined);
}

const CARRIED: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [Map, 'an object'],
  [WeakMap, 'an object'],
  [Set, 'a list'],
  [WeakSet, 'a list'],
  [Date, 'a date-time string'],
  [Uint8Array, 'a base64 string'],
  [Buffer, 'a base64 string'],
  [ArrayBuffer, 'a base64 string'],
  [DataView, 'a base64 string'],
  [URL, 'a string'],
  [RegExp, 'a string'],
  [BigInt, 'a string'],
  [Symbol, 'a string'],
  [Error, 'a string'],
]);

const TYPED_ARRAY: unknown = Object.getPrototypeOf(Uint8Array);

function isTypedArray(type: unknown): boolean {
  return typeof type === 'function' && Object.getPrototypeOf(type) === TYPED_ARRAY;
}
