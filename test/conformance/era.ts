/** The revisions the suite has frozen sets of scenarios for, one a protocol era. */
export const ERAS = ['2025-11-25', '2026-07-28'] as const;

/** A revision the server is judged by. */
export type Era = (typeof ERAS)[number];

/** Whether a word names one of the revisions. */
export function isEra(word: string): word is Era {
  return (ERAS as readonly string[]).includes(word);
}
