import type { Mistakes } from '../errors/mistakes.js';
import { middlewareName, type MiddlewareListing } from '../records/middleware-record.js';

/** Notes middleware that one list has twice; `place` names what the list stands before. */
export function refuseTwice(listed: readonly MiddlewareListing[], place: string, mistakes: Mistakes): void {
  const twice = listed.filter((each, index) => listed.indexOf(each) < index);
  for (const each of new Set(twice)) {
    const owner = middlewareName(each);
    if (owner !== undefined) mistakes.add('ERR_MIDDLEWARE_TWICE', { owner, place });
  }
}
