/** How requests of one caller are counted: a count is a list of numbers, so that every store can keep it. */
export interface RateAlgorithm {
  /** The count of a caller who has not asked yet. */
  begin(now: number): number[];
  /** Takes so much out of a count, and answers 0; or leaves it as it is, and answers after how many milliseconds there will be enough. */
  take(count: number[], weight: number, now: number): number;
  /** From when on a count says no more than that of somebody who has not asked yet. */
  restsAt(count: readonly number[]): number;
  /** How much would be given away by forgetting a count: comparable among counts, 0 for one that says no more than none. */
  lent(count: number[], now: number): number;
}
