import type { InjectionToken } from './token.js';

/**
 * A container that the application has already, asked for what modules do not provide.
 *
 * `has` is asked while the app is created, `get` once when it starts. What it gives lives as long as the app, is taken as it
 * is, and is never closed by it.
 */
export interface Resolver {
  has(token: InjectionToken): boolean;
  get(token: InjectionToken): unknown;
}
