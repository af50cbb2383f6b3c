import type { Constructor } from '../metadata/registry.js';

/** A name for something that can be injected and is no class. */
export class Token<T> {
  /** Only a type; never read. */
  declare readonly type: T;
  readonly description: string;
  /** What the container files it under. */
  readonly symbol: symbol;

  constructor(description: string) {
    this.description = description;
    this.symbol = Symbol(description);
  }
}

/** Makes a token: `const DB_URL = token<string>('DB_URL')`. */
export function token<T>(description: string): Token<T> {
  return new Token<T>(description);
}

/** A class that only its own code makes: what has it for its token is made by a factory, a value or a lifespan. */
export type ClosedClass<T = unknown> = NewableFunction & { readonly prototype: T };

/** Whatever something can be asked for by. */
export type InjectionToken<T = unknown> = Constructor<T> | ClosedClass<T> | Token<T> | string | symbol;

/** A token as people read it. */
export function tokenName(token: InjectionToken): string {
  if (typeof token === 'function') return token.name || 'an anonymous class';
  return token instanceof Token ? token.description : String(token);
}
