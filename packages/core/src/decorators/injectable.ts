import type { Lifetime } from '../di/lifetime.js';
import { INJECTABLE } from '../di/records.js';
import { registry, type Constructor } from '../metadata/registry.js';
import { refuseBare } from './target.js';

/** How the container treats a class. */
export interface InjectableOptions {
  /** Default: `app`, one instance for the whole server. */
  readonly lifetime?: Lifetime;
  /**
   * What a `session` instance is on a revision without sessions. Default: `request`, one a message; `principal`: one an
   * authenticated caller, dropped after 5 minutes unused; anonymous callers never share.
   */
  readonly sessionless?: 'request' | 'principal';
}

/** Lets the container make a class, and lets handlers take it as a parameter. */
export function Injectable(...given: [options?: InjectableOptions]): ClassDecorator {
  refuseBare('@Injectable()', given);
  const { lifetime = 'app', sessionless = 'request' } = given[0] ?? {};
  return (target) => {
    registry.write(INJECTABLE, {
      owner: target as unknown as Constructor,
      method: undefined,
      index: undefined,
      record: { lifetime, sessionless, given: given[0] },
    });
  };
}
