import { recordKind } from '../metadata/registry.js';

/** A method that runs when a session begins. */
export const ON_SESSION = recordKind<true>('on-session');
