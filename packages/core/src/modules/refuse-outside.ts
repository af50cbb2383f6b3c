import type { Mistakes } from '../errors/mistakes.js';
import { registry, type Constructor } from '../metadata/registry.js';
import { middlewareName, USE_MIDDLEWARE } from '../records/middleware-record.js';
import { mereProviders } from './mere-providers.js';
import type { ModuleNode } from './module-graph.js';

/** Notes middleware on classes that no message is ever brought to: modules, and providers that are no handlers. */
export function refuseOutside(modules: readonly ModuleNode[], mistakes: Mistakes): void {
  const handlers = new Set<unknown>(modules.flatMap(({ options }) => options.handlers ?? []));
  for (const cls of new Set(modules.map((each) => each.cls))) {
    if (handlers.has(cls)) continue;
    refuse(cls, mistakes, {
      why: `${cls.name} is a module`,
      cure: `List it under "middleware" of ${cls.name}, for all that the server offers.`,
    });
  }
  for (const cls of new Set(mereProviders(modules).map((each) => each.cls)))
    refuse(cls, mistakes, {
      why: `${cls.name} is no handler`,
      cure: `List ${cls.name} under "handlers" of a module, or take @UseMiddleware off.`,
    });
}

function refuse(
  cls: Constructor,
  mistakes: Mistakes,
  told: { readonly why: string; readonly cure: string },
): void {
  for (const { method, record } of registry.own(USE_MIDDLEWARE, cls))
    for (const listed of record)
      mistakes.add('ERR_MIDDLEWARE_IDLE', {
        owner: middlewareName(listed) ?? 'undefined',
        place: method === undefined ? cls.name : `${cls.name}.${method}()`,
        ...told,
      });
}
