import type { Lifetime } from './lifetime.js';
import type { InjectionToken } from './token.js';

/** A class the container may call `new` on. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- constructor parameters are contravariant: only any fits every class
export type ConcreteClass<T = unknown> = new (...args: any[]) => T;

/** A token made by calling `new` on a class. */
export interface ClassProvider<T = unknown> {
  readonly provide: InjectionToken<T>;
  readonly useClass: ConcreteClass<T>;
  /** Default: what @Injectable on the class says, else `app`. */
  readonly lifetime?: Lifetime;
}

/** A token that stands for a value that exists already; the app never closes it. */
export interface ValueProvider<T = unknown> {
  readonly provide: InjectionToken<T>;
  readonly useValue: T;
}

/** Where a provider of the framework keeps what it checks while the app is created. */
export const CHECK = Symbol('check');

/** A token made by a function; a promise is awaited when the app starts (lifetime `app` only). */
export interface FactoryProvider<T = unknown> {
  readonly provide: InjectionToken<T>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- its parameters are what `inject` names, which a type cannot follow
  readonly useFactory: (...dependencies: any[]) => T | Promise<T>;
  /** What the function is called with. */
  readonly inject?: readonly InjectionToken[];
  /** Default: `app`. */
  readonly lifetime?: Lifetime;
  /** Throws the author's mistakes; not for providers of yours. */
  readonly [CHECK]?: () => void;
}

/** A second name for a token. */
export interface ExistingProvider<T = unknown> {
  readonly provide: InjectionToken<T>;
  readonly useExisting: InjectionToken<T>;
}

/** How a token is made. A class alone provides itself. */
export type Provider<T = unknown> =
  ConcreteClass<T> | ClassProvider<T> | ValueProvider<T> | FactoryProvider<T> | ExistingProvider<T>;
