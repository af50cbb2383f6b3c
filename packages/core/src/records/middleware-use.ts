import type { ConcreteClass } from '../di/provider.js';
import { Token } from '../di/token.js';
import type { MiddlewareHooks } from '../middleware/hooks.js';

const BRAND = Symbol.for('tenon.MiddlewareUse');

/** One use of a middleware class, as `use()` made it: it has an instance of its own. */
export class MiddlewareUse {
  readonly cls: ConcreteClass<MiddlewareHooks>;
  /** The first argument of the constructor. */
  readonly options: unknown;
  /** What the container files the instance under. */
  readonly token: Token<MiddlewareHooks>;

  constructor(cls: ConcreteClass<MiddlewareHooks>, options: unknown) {
    this.cls = cls;
    this.options = options;
    this.token = new Token(nameOf(cls));
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** Whether a listing is one, also one made by another copy of this package. */
  static is(listed: unknown): listed is MiddlewareUse {
    return typeof listed === 'object' && listed !== null && BRAND in listed;
  }
}

/** The options a middleware class takes: the first parameter of its constructor, left out where that may be. */
export type MiddlewareOptions<C extends ConcreteClass> =
  ConstructorParameters<C> extends readonly [infer O, ...unknown[]]
    ? readonly [options: O]
    : readonly [options?: ConstructorParameters<C>[0]];

/**
 * A middleware class with options, for `middleware` of a module and for `@UseMiddleware`: `use(RateLimit, { maxRequests: 100 })`.
 *
 * The options are the first parameter of its constructor; the container gives the others. Every `use()` is an instance of its own:
 * the same one, listed in two places, is one instance in both. Left out, the options are undefined, as in `new X()`.
 *
 * A store in the options, `{ storage }` or `{ shared: { store } }`, is opened when the app starts and closed with it; of one that you
 * make yourself with `new X()`, you do so.
 */
export function use<C extends ConcreteClass<MiddlewareHooks>>(
  cls: C,
  ...[options]: MiddlewareOptions<C>
): MiddlewareUse {
  return new MiddlewareUse(cls, options);
}

function nameOf(cls: unknown): string {
  return typeof cls === 'function' ? cls.name : String(cls);
}
