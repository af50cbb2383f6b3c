import type { ConcreteClass } from '../di/provider.js';
import type { Varies } from '../context/varies.js';
import { recordKind } from '../metadata/registry.js';
import type { MiddlewareRole } from '../middleware/doubtful-order.js';
import type { HookName, MiddlewareHooks } from '../middleware/hooks.js';
import { MiddlewareUse } from './middleware-use.js';
import type { OptionShapes } from './option-shape.js';

/** Middleware as it is listed: a class the container makes, the same with options by `use()`, or an instance. */
export type MiddlewareListing = ConcreteClass<MiddlewareHooks> | MiddlewareUse | MiddlewareHooks;

/** What a middleware class says of itself. */
export interface MiddlewareTraits {
  readonly role?: MiddlewareRole;
  /**
   * What the answers of `visible` depend on besides the component. Default: `call`, asked for each message; otherwise they are kept,
   * until components change or `components.changed()` says that rights have.
   */
  readonly varies?: Varies;
  /** What the options have to be that `use()` gives it; without, they are not checked. */
  readonly options?: OptionShapes;
  /** Throws what else is wrong with the options, so that it is told with the other mistakes. */
  readonly check?: (options: never) => void;
  /**
   * Says that its hooks call `next` once at most, wait for what comes of it, and give a result of the method or throw. Then none of that
   * is looked after, which makes each call a little cheaper, and a hook that does otherwise breaks what clients are answered. Holds for
   * the class itself, not for one that extends it.
   */
  readonly unchecked?: boolean;
  /** Hooks that are no methods: its constructor makes them for some options only. */
  readonly hooks?: (options: never) => readonly HookName[];
}

/** A class that stands before handlers. */
export const MIDDLEWARE = recordKind<MiddlewareTraits>('middleware');
/** The middleware of a handler class, or of one of its methods. */
export const USE_MIDDLEWARE = recordKind<readonly MiddlewareListing[]>('use-middleware');

/** The name of listed middleware, for error texts; undefined where an import cycle has left nothing. */
export function middlewareName(listed: MiddlewareListing): string | undefined {
  if (MiddlewareUse.is(listed)) return listed.token.description;
  return typeof listed === 'function' ? listed.name : (listed as object | undefined)?.constructor.name;
}
