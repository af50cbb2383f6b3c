import assert from 'node:assert/strict';

/** Refuses two values that are not the same JSON, wherever their objects were made; undefined is a value too. */
export function same(actual: unknown, expected: unknown): void {
  assert.equal(text(actual), text(expected));
}

function text(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => (each === undefined ? '(undefined)' : each), 1);
}
