/** What a server is judged by: what a revision scores, or the active suite of the release before that. */
export const SETS = ['2025-11-25', '2026-07-28', '0.1.16'] as const;

/** A set of scenarios: a revision, whose frozen set is run in its own era, or a release of the suite. */
export type ScenarioSet = (typeof SETS)[number];

/** Whether a word names a set. */
export function isScenarioSet(word: string): word is ScenarioSet {
  return (SETS as readonly string[]).includes(word);
}
