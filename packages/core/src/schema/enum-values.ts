/** The values of an enum, without the names that TypeScript maps back to from numbers. */
export function enumValues(entity: Readonly<Record<string, unknown>>): readonly unknown[] {
  const isReverse = (key: string): boolean => {
    const name = entity[key];
    return typeof name === 'string' && String(Number(key)) === key && entity[name] === Number(key);
  };
  return Object.keys(entity)
    .filter((key) => !isReverse(key))
    .map((key) => entity[key]);
}
