import type { Issue } from './schema.js';

/** How many failures are told of one value; nobody reads more, and a caller could send a million. */
export const MOST_ISSUES = 100;

/** The first failures, and that there are more. */
export function limitIssues(issues: readonly Issue[]): readonly Issue[] {
  if (issues.length <= MOST_ISSUES) return issues;
  return [...issues.slice(0, MOST_ISSUES), { path: [], message: 'and more' }];
}
