import type { ModuleProviders } from '../di/module-providers.js';
import { providerNode } from '../di/provider-node.js';
import type { ConcreteClass } from '../di/provider.js';
import type { RequestPlan } from '../di/request-plan.js';
import type { Mistakes } from '../errors/mistakes.js';
import { registry } from '../metadata/registry.js';
import type { MiddlewareEntry, MiddlewareInstance } from '../middleware/compose.js';
import { HOOK_NAMES } from '../middleware/hooks.js';
import { MIDDLEWARE, type MiddlewareListing } from '../records/middleware-record.js';
import { fromContainer } from './from-container.js';

/** Puts the classes among listed middleware into their module; those it imports are there already. */
export function addMiddleware(
  listed: readonly MiddlewareListing[],
  module: ModuleProviders,
  mistakes: Mistakes,
): void {
  for (const each of listed) {
    if (typeof each !== 'function' || module.own.has(each) || module.imported(each).length > 0) continue;
    module.add(providerNode(each, mistakes));
  }
}

/** Listed middleware as entries of a chain. */
export function middlewareEntries(
  listed: readonly MiddlewareListing[],
  plan: RequestPlan,
  mistakes: Mistakes,
): readonly MiddlewareEntry[] {
  return listed.flatMap((each) => {
    const isClass = typeof each === 'function';
    const label = isClass ? each.name : (each as object | undefined)?.constructor.name;
    if (label === undefined) {
      mistakes.add('ERR_MIDDLEWARE_SHAPE', {
        owner: 'undefined',
        problem: 'is no class: an import cycle?',
        hooks: HOOK_NAMES.join(', '),
      });
      return [];
    }
    const shape = (isClass ? each.prototype : each) as Record<string, unknown>;
    const hooks = new Set(HOOK_NAMES.filter((hook) => typeof shape[hook] === 'function'));
    const problem =
      isClass && !isMarked(each)
        ? 'carries no @Middleware()'
        : hooks.size === 0
          ? 'implements no hook'
          : undefined;
    if (problem) {
      mistakes.add('ERR_MIDDLEWARE_SHAPE', { owner: label, problem, hooks: HOOK_NAMES.join(', ') });
      return [];
    }
    if (!isClass) return [{ label, hooks, instance: () => each as MiddlewareInstance }];
    const take = fromContainer(plan, each);
    return take ? [{ label, hooks, instance: (call) => take(call.context) as MiddlewareInstance }] : [];
  });
}

function isMarked(cls: ConcreteClass): boolean {
  return registry.find(MIDDLEWARE, cls) === true;
}
