import { isDeepStrictEqual } from 'node:util';
import { admits, type Rule } from './rule.js';

/** What decides on the default of a field. */
interface DefaultSource {
  readonly property: string;
  readonly rules: readonly Rule[];
  readonly optional: boolean;
}

/**
 * The default of a field: what two fresh instances hold, if its own validators admit it.
 *
 * A default that cannot be published (no JSON, or another one each time) has the value undefined.
 */
export function readDefault(
  made: readonly [object, object],
  source: DefaultSource,
): { readonly value: unknown } | undefined {
  const [first, second] = made.map(
    (instance) => (instance as Readonly<Record<string, unknown>>)[source.property],
  );
  if (first === undefined) return undefined;
  const admitted = (first === null && source.optional) || source.rules.every((rule) => admits(rule, first));
  if (!admitted) return undefined;
  return {
    value:
      (Object.is(first, second) || isDeepStrictEqual(first, second)) &&
      isJson(first) &&
      !isClockReading(first)
        ? first
        : undefined,
  };
}

function isJson(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  const plain = typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;
  return plain && Object.values(value).every(isJson);
}

/** Two instances made in the same millisecond agree on what time it is. */
function isClockReading(value: unknown): boolean {
  return typeof value === 'number' && Math.abs(value - Date.now()) < 60_000;
}
