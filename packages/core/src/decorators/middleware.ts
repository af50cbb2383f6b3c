import { registry, type Constructor } from '../metadata/registry.js';
import {
  MIDDLEWARE,
  USE_MIDDLEWARE,
  type MiddlewareListing,
  type MiddlewareTraits,
} from '../records/middleware-record.js';
import { memberOf, refuseBare } from './target.js';

/** Marks a class that stands before handlers; what it does is in the hooks it implements (see MiddlewareHooks). */
export function Middleware(...given: [traits?: MiddlewareTraits]): ClassDecorator {
  refuseBare('@Middleware()', given);
  return (target) => {
    registry.write(MIDDLEWARE, {
      owner: target as unknown as Constructor,
      method: undefined,
      index: undefined,
      record: given[0] ?? {},
    });
  };
}

/** Puts middleware before all handlers of a class, or before one method, inside the module's own. */
export function UseMiddleware(...listed: readonly MiddlewareListing[]): ClassDecorator & MethodDecorator {
  refuseBare('@UseMiddleware(Class)', listed);
  return (target: object, key?: string | symbol) => {
    const place =
      key === undefined
        ? { owner: target as Constructor, method: undefined }
        : memberOf('@UseMiddleware', target, key);
    registry.write(USE_MIDDLEWARE, { ...place, index: undefined, record: listed });
  };
}
