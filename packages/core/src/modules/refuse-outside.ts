import type { Mistakes } from '../errors/mistakes.js';
import { registry } from '../metadata/registry.js';
import { middlewareName, USE_MIDDLEWARE } from '../records/middleware-record.js';
import type { ModuleNode } from './module-graph.js';

/** Notes middleware on classes that no message is ever brought to: modules, and providers that are no handlers. */
export function refuseOutside(modules: readonly ModuleNode[], mistakes: Mistakes): void {
  const handlers = new Set<unknown>(modules.flatMap(({ options }) => options.handlers ?? []));
  const others = modules.flatMap(({ cls, options }) => [
    cls,
    ...(options.providers ?? []).filter((each) => typeof each === 'function'),
  ]);
  for (const cls of new Set(others)) {
    if (handlers.has(cls)) continue;
    for (const { method, record } of registry.own(USE_MIDDLEWARE, cls))
      for (const listed of record)
        mistakes.add('ERR_MIDDLEWARE_IDLE', {
          owner: middlewareName(listed) ?? 'undefined',
          place: method === undefined ? cls.name : `${cls.name}.${method}()`,
          hooks: `${cls.name} stands in no list of handlers`,
          asked: 'none, as long as the class is no handler',
        });
  }
}
