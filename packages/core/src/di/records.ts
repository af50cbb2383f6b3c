import { recordKind } from '../metadata/registry.js';
import type { Lifetime } from './lifetime.js';
import type { InjectionToken } from './token.js';

/** What @Injectable writes: the class may be made by the container, and how long it lives. */
export interface InjectableRecord {
  readonly lifetime: Lifetime;
  /** Of a session provider, on a revision without sessions: one a message, or one a principal. */
  readonly sessionless: 'request' | 'principal';
  /** The options as they were written. */
  readonly given: object | undefined;
}

/** What @Lifespan writes: the tokens of what the class opens, one or by name. */
export interface LifespanRecord {
  readonly opens: InjectionToken | Readonly<Record<string, InjectionToken>>;
}

/** The records that wire classes together. */
export const INJECTABLE = recordKind<InjectableRecord>('injectable');
/** The token a parameter is injected by; a function where the class is defined later in an import cycle. */
export const INJECT = recordKind<InjectionToken | (() => InjectionToken)>('inject');
/** A parameter that may be undefined, where nothing provides what it asks for. */
export const OPTIONAL = recordKind<true>('optional');
/** What a lifespan class opens. */
export const LIFESPAN = recordKind<LifespanRecord>('lifespan');
