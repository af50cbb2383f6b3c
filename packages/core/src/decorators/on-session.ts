import { registry } from '../metadata/registry.js';
import { ON_SESSION } from '../records/session-record.js';
import type { DecoratorOf, Method } from './decorator-of.js';
import { methodOf, refuseBare } from './target.js';

/**
 * A method that runs when a session begins, before its `initialize` is answered; what it throws refuses the session.
 *
 * It may stand in any handler class. What it opens is closed by an instance of lifetime `session`. On the revision without
 * sessions it never runs.
 */
export function OnSession(...given: []): DecoratorOf<Method> {
  refuseBare('@OnSession()', given);
  return (target, key) => {
    registry.write(ON_SESSION, { ...methodOf('@OnSession', target, key), index: undefined, record: true });
  };
}
