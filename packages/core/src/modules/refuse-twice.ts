import type { Mistakes } from '../errors/mistakes.js';
import type { MiddlewareListing } from '../records/middleware-record.js';

/** Notes middleware that one list has twice; `place` names what the list stands before. */
export function refuseTwice(listed: readonly MiddlewareListing[], place: string, mistakes: Mistakes): void {
  const twice = listed.filter((each, index) => listed.indexOf(each) < index);
  for (const each of new Set(twice)) {
    if (each === undefined) continue;
    const owner = typeof each === 'function' ? each.name : each.constructor.name;
    mistakes.add('ERR_MIDDLEWARE_TWICE', { owner, place });
  }
}
