import type { InjectionToken } from './token.js';

/** One thing that somebody asks for. */
export interface Dependency {
  readonly token: InjectionToken;
  /** Undefined is given where nothing provides it. */
  readonly optional: boolean;
}

/** Tokens as dependencies that must be there. */
export function required(tokens: readonly InjectionToken[]): readonly Dependency[] {
  return tokens.map((token) => ({ token, optional: false }));
}
