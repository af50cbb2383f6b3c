import type { Caching } from '../components/caching.js';
import { refuseBare } from './target.js';
import { trait, type TraitDecorator } from './traits.js';

/**
 * Lets ResponseCaching keep what a tool, a resource or a prompt answers: `@Cache({ ttlSeconds: 60 })`.
 *
 * To write it is to ask for it: also a tool that is not read-only is then answered out of the cache, and does nothing.
 */
export function Cache(...given: [caching?: Caching]): TraitDecorator {
  refuseBare('@Cache()', given);
  const [caching = {}] = given;
  return trait('@Cache', { caching });
}

/** Lets nobody keep what it answers: each call runs. */
export function NoCache(...given: []): TraitDecorator {
  refuseBare('@NoCache()', given);
  return trait('@NoCache', { caching: false });
}
