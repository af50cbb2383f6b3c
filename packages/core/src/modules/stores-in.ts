import type { KeyValueStore } from '../storage/store.js';

const STEPS = ['open', 'close', 'get', 'getMany', 'set', 'delete'] as const;

/** The stores among options: `{ storage }`, or one object deeper as in `{ shared: { store } }`; each once. */
export function storesIn(options: unknown): readonly KeyValueStore[] {
  return [...new Set(valuesOf(options).flatMap((value) => [value, ...valuesOf(value)]))].filter(isStore);
}

/** Of a plain object only: what an instance of a class holds is its own. */
function valuesOf(value: unknown): readonly unknown[] {
  const isPlain =
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return isPlain ? Object.values(value) : [];
}

function isStore(value: unknown): value is KeyValueStore {
  const store = value as Partial<KeyValueStore> | null | undefined;
  return typeof value === 'object' && STEPS.every((step) => typeof store?.[step] === 'function');
}
