import { createHash } from 'node:crypto';
import { FrameworkError } from '../errors/framework-error.js';
import { StateError } from '../errors/state-error.js';
import type { StateScope } from './context.js';
import type { Exchange } from './exchange.js';

/** The scopes whose values outlive a message. */
export type KeptScope = Exclude<StateScope, 'request'>;

/**
 * The record in which a value is kept: one for each owner, and one for each key of the server.
 *
 * @throws {StateError} ERR_STATE_NO_SESSION, ERR_STATE_NO_USER where there is no owner.
 * @throws {FrameworkError} ERR_STATE_SCOPE for a scope that is none.
 */
export function ownerOf(scope: KeptScope, key: string, { session, principal }: Exchange): string {
  switch (scope) {
    case 'server':
      return `state/server/${digest(key)}`;
    case 'user':
      if (!principal) throw noUser(`"${key}"`);
      return `state/user/${digest(principal.key)}`;
    case 'session':
      if (session) return `state/session/${digest(principal?.key ?? null, session.id)}`;
      if (!principal) throw noSession(key);
      return `state/caller/${digest(principal.key)}`;
    default:
      // Where types are not checked: one record for every scope that is none would be everybody's.
      throw new FrameworkError('ERR_STATE_SCOPE', { key, seen: JSON.stringify(scope) });
  }
}

/** Names that only who knows them can find again, as one: no list of them reads as anybody's name. */
export function digest(...names: readonly (string | null)[]): string {
  return createHash('sha256').update(JSON.stringify(names)).digest('base64url');
}

/** What an anonymous caller is told where state of the user is asked for. */
export function noUser(what: string): StateError {
  return new StateError(
    'ERR_STATE_NO_USER',
    'this needs to know who calls, and the caller is anonymous. Authenticate, and call again.',
    new FrameworkError('ERR_STATE_NO_USER', { what }),
  );
}

function noSession(key: string): StateError {
  return new StateError(
    'ERR_STATE_NO_SESSION',
    'nothing can be kept for this call: it belongs to no session (on 2026-07-28 there are no sessions), and the caller is anonymous. ' +
      'Authenticate, or use tools that take session handles, if there are any: create_session gives one.',
    new FrameworkError('ERR_STATE_NO_SESSION', { key }),
  );
}
