import { KeptState } from './kept-state.js';

/**
 * What the authenticated caller keeps, whatever session or revision it calls in: state of the scope `user`.
 *
 * A handler receives it by the type of a parameter. An anonymous caller has none: its call is refused before the handler runs.
 */
export abstract class UserSession extends KeptState {}
