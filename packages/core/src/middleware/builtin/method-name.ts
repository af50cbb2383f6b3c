import { OPERATIONS } from '../hooks.js';
import { cut } from './cut.js';

/** Longer than any name; longer ones come from strangers. */
const MAX_LENGTH = 100;

/** The method of a message, as statistics tell it apart: strangers can make up as many as they like. */
export function methodName(method: string): string {
  return OPERATIONS.has(method) || OTHERS.has(method) ? method : '(unknown)';
}

/** A name a client has sent, as long as a log can bear. */
export function shortName(sent: unknown): string {
  return cut(String(sent), MAX_LENGTH);
}

/** What has no hook of its own. */
const OTHERS: ReadonlySet<string> = new Set([
  'ping',
  'notifications/initialized',
  'notifications/cancelled',
  'notifications/progress',
  'notifications/roots/list_changed',
]);
