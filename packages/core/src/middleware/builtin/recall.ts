/** Keeps a value in a map that holds so many: the one that was longest not asked for makes room. */
export function recall<T>(
  map: Map<string, T>,
  of: { readonly key: string; readonly value: T; readonly max: number },
): void {
  // A Map keeps the order of insertion.
  map.delete(of.key);
  map.set(of.key, of.value);
  if (map.size <= of.max) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}
