import type { ConcreteClass } from '../di/provider.js';
import { recordKind } from '../metadata/registry.js';
import type { MiddlewareHooks } from '../middleware/hooks.js';

/** Middleware as it is listed: a class the container makes, or an instance. */
export type MiddlewareListing = ConcreteClass<MiddlewareHooks> | MiddlewareHooks;

/** A class that stands before handlers. */
export const MIDDLEWARE = recordKind<true>('middleware');
/** The middleware of a handler class, or of one of its methods. */
export const USE_MIDDLEWARE = recordKind<readonly MiddlewareListing[]>('use-middleware');
