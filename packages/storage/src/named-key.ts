/** A key as errors name it: bounded, and on one line. */
export function namedKey(key: string): string {
  return JSON.stringify(key.length > 80 ? `${key.slice(0, 80)}…` : key);
}
