import type { RequestPlan } from '../di/request-plan.js';
import type { Mistakes } from '../errors/mistakes.js';
import type { Constructor } from '../metadata/registry.js';
import type { ModuleNode } from './module-graph.js';

/** A handler class, and what the module that lists it sees. */
export interface ListedHandler {
  readonly owner: Constructor;
  readonly plan: RequestPlan;
}

/** Every handler class of a server, once; one that is listed again is a mistake. */
export function listHandlers(
  modules: readonly ModuleNode[],
  plan: RequestPlan,
  mistakes: Mistakes,
): readonly ListedHandler[] {
  const homes = new Map<Constructor, ModuleNode>();
  for (const module of modules) {
    for (const owner of module.options.handlers ?? []) {
      const before = homes.get(owner);
      if (!before) homes.set(owner, module);
      else
        mistakes.add('ERR_HANDLER_TWICE', {
          owner: owner.name,
          first: before.providers.name,
          second: module.providers.name,
          cure: cure(before, module),
        });
    }
  }
  return [...homes].map(([owner, { providers }]) => ({ owner, plan: plan.within(providers) }));
}

function cure(first: ModuleNode, second: ModuleNode): string {
  if (first === second) return 'List it once.';
  return first.cls === second.cls
    ? `Import ${first.cls.name} once, or move its handlers to a module that is imported once.`
    : 'List it in one of them: the handlers of imported modules join the server anyway.';
}
