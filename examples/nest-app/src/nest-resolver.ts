import type { INestApplicationContext } from '@nestjs/common';
import type { InjectionToken, Resolver } from 'tenon';

/** An application of Nest as the container that is asked for what no module of the server provides. */
export function nestResolver(nest: INestApplicationContext): Resolver {
  const get = (token: InjectionToken): unknown => nest.get(token as never, { strict: false });
  return {
    get,
    has: (token) => {
      try {
        return get(token) !== undefined;
      } catch {
        // Nest throws for what it does not know.
        return false;
      }
    },
  };
}
