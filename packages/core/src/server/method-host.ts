import { Catalog } from '../catalog/catalog.js';
import type { LocalSource } from '../catalog/local-source.js';
import { OPERATIONS } from '../middleware/hooks.js';
import type { MiddlewareList } from '../middleware/middleware-list.js';
import type { Visibility } from '../middleware/visibility.js';
import type { LifecycleHost } from '../protocol/methods/lifecycle.js';
import type { ModuleOptions } from '../records/module-record.js';

/** What the methods know: a catalog of what the source holds, whose changes are told to those who listen. */
export function methodHost(
  { instructions, pageSize, listTtlMs = 0 }: ModuleOptions,
  source: LocalSource,
  of: Pick<LifecycleHost, 'info' | 'logger' | 'chainOf' | 'middlewareOf' | 'onSession' | 'subscribers'> & {
    readonly middleware: MiddlewareList;
    readonly visibility: Visibility;
  },
): LifecycleHost {
  const catalog = new Catalog([source], { visibility: of.visibility });
  catalog.onChange((kind) => {
    of.subscribers.listChanged(kind);
  });
  return {
    ...of,
    instructions,
    pageSize,
    listTtlMs,
    catalog,
    // Asked anew each time: what completes may be added while the server runs.
    completes: () => source.components.some((each) => 'completers' in each && each.completers.size > 0),
    hasOwnHook: (method) => {
      const hook = OPERATIONS.get(method)?.hook;
      return of.middleware.entries.some(({ hooks }) => hook !== undefined && hooks.has(hook));
    },
  };
}
