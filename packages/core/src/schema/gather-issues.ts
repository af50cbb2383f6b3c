import { limitIssues } from './limit-issues.js';
import type { Issue } from './schema.js';

/** Issues by who found them. */
export interface FoundIssues {
  /** What is unknown, missing or of another shape. */
  readonly shape: readonly Issue[];
  /** What validators tell. */
  readonly told: readonly Issue[];
  /** What only JSON Schema refuses. */
  readonly content: readonly Issue[];
}

/** Puts issues together: what validators tell of a place that is of another shape anyway is left out. */
export function gatherIssues({ shape, told, content }: FoundIssues): readonly Issue[] {
  const settled = new Set(shape.map(keyOf));
  const open = told.filter((issue) => !isWithin(issue, settled));
  const named = new Set(open.map(keyOf));
  return limitIssues([...shape, ...open, ...content.filter((issue) => !named.has(keyOf(issue)))]);
}

function keyOf({ path }: Pick<Issue, 'path'>): string {
  return JSON.stringify(path);
}

function isWithin({ path }: Issue, settled: ReadonlySet<string>): boolean {
  return path.some((_, end) => settled.has(keyOf({ path: path.slice(0, end + 1) })));
}
