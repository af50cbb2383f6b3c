import type { Verdict } from './count.js';
import type { Transport } from './options.js';
import type { ScenarioSet } from './scenario-set.js';

/** Scenarios that pass and must go on passing, as `floor.json` holds them. */
export type Floor = Readonly<Record<Transport, Readonly<Record<ScenarioSet, readonly string[]>>>>;

/** How a run stands to its floor. */
export interface Comparison {
  /** In the floor, and did not pass. */
  readonly below: readonly string[];
  /** Scored and passed, and not in the floor yet. */
  readonly above: readonly string[];
  /** Scenarios that count and passed: the scored ones, and any other the floor names. */
  readonly passed: number;
}

/** Compares what passed with what must. */
export function compareToFloor(
  verdicts: readonly Verdict[],
  scored: readonly string[],
  floor: readonly string[],
): Comparison {
  const passing = new Set(verdicts.filter((verdict) => verdict.passed).map((verdict) => verdict.name));
  return {
    below: floor.filter((name) => !passing.has(name)),
    above: scored.filter((name) => passing.has(name) && !floor.includes(name)),
    passed: [...new Set([...scored, ...floor])].filter((name) => passing.has(name)).length,
  };
}

/** The floor with more scenarios in it; it never loses one. */
export function raiseFloor(
  floor: Floor,
  place: { transport: Transport; set: ScenarioSet },
  names: readonly string[],
): Floor {
  const sets = floor[place.transport];
  const raised = [...new Set([...sets[place.set], ...names])].sort();
  return { ...floor, [place.transport]: { ...sets, [place.set]: raised } };
}
