/** What JSON carries in place of a built-in type that it has no word for; undefined for every other type. */
export function carriedAs(type: unknown): string | undefined {
  return CARRIED.get(type);
}

const CARRIED: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  ...[Map, WeakMap].map((type) => [type, 'an object'] as const),
  ...[Set, WeakSet].map((type) => [type, 'a list'] as const),
  ...[Uint8Array, Buffer, ArrayBuffer, DataView].map((type) => [type, 'a base64 string'] as const),
  ...[Int8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array].map(
    (type) => [type, 'a list of numbers'] as const,
  ),
  ...[Float32Array, Float64Array].map((type) => [type, 'a list of numbers'] as const),
  ...[URL, RegExp, BigInt, Symbol, Error].map((type) => [type, 'a string'] as const),
  [Date, 'a date-time string'],
]);
