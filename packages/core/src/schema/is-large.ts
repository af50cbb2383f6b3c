/** How many members a value may have, in all, whose failures are looked for one by one; of a larger one the first is told. */
export const LARGE = 10_000;

/** Whether a value has many members: to tell everything wrong with it would cost more than to check it. */
export function isLarge(value: unknown): boolean {
  return countMembers(value, LARGE) > LARGE;
}

/** Counts no further than to `most` and one more. */
function countMembers(value: unknown, most: number): number {
  if (typeof value !== 'object' || value === null) return 1;
  let count = 1;
  for (const member of Object.values(value)) {
    if (count > most) break;
    count += countMembers(member, most - count);
  }
  return count;
}
