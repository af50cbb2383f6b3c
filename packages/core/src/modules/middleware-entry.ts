import type { ConcreteClass } from '../di/provider.js';
import type { RequestPlan } from '../di/request-plan.js';
import type { Mistakes } from '../errors/mistakes.js';
import { registry } from '../metadata/registry.js';
import type { MiddlewareEntry, MiddlewareInstance } from '../middleware/compose.js';
import { HOOK_NAMES, type HookName } from '../middleware/hooks.js';
import { MIDDLEWARE, middlewareName, type MiddlewareListing } from '../records/middleware-record.js';
import { MiddlewareUse } from '../records/middleware-use.js';
import { fieldHooks } from './field-hooks.js';
import { fromContainer } from './from-container.js';

/** Listed middleware as entries of a chain. */
export function middlewareEntries(
  listed: readonly MiddlewareListing[],
  plan: RequestPlan,
  mistakes: Mistakes,
): readonly MiddlewareEntry[] {
  return listed.flatMap((each) => {
    const hooks = hooksOf(each);
    const label = middlewareName(each) ?? 'undefined';
    if (refuseFields(each, mistakes)) return [];
    const problem = problemOf(each, hooks);
    if (problem) {
      mistakes.add('ERR_MIDDLEWARE_SHAPE', {
        owner: label,
        problem,
        hooks: [...HOOK_NAMES, 'visible'].join(', '),
      });
      return [];
    }
    const entry = withRole({ label, hooks, visible: hasVisible(each), ...traitsOf(each) });
    if (!MiddlewareUse.is(each) && typeof each !== 'function')
      return [{ ...entry, instance: () => each as MiddlewareInstance }];
    const take = fromContainer(plan, MiddlewareUse.is(each) ? each.token : each);
    return take ? [{ ...entry, instance: (call) => take(call.context) as MiddlewareInstance }] : [];
  });
}

/** A hook that is a field would be passed by in silence; of some the class says that its constructor makes them. */
function refuseFields(listed: MiddlewareListing, mistakes: Mistakes): boolean {
  const cls = classOf(listed);
  const traits = typeof cls === 'function' ? registry.find(MIDDLEWARE, cls) : undefined;
  if (!cls || !traits || traits.hooks) return false;
  const fields = fieldHooks(cls);
  for (const hook of fields) {
    const parameters = hook === 'visible' ? 'component, call' : 'call, next';
    mistakes.add('ERR_MIDDLEWARE_FIELD', { owner: cls.name, hook, parameters });
  }
  return fields.length > 0;
}

/** What the class says of itself, also that of an instance made by hand. */
function traitsOf(listed: MiddlewareListing): Pick<MiddlewareEntry, 'role' | 'varies' | 'unchecked'> {
  const cls = classOf(listed) ?? (listed.constructor as ConcreteClass);
  const { role, varies } = registry.find(MIDDLEWARE, cls) ?? {};
  const unchecked = registry.own(MIDDLEWARE, cls).some(({ record }) => record.unchecked);
  return { role, varies, unchecked };
}

/** What hides by what it has fetched decides who may, whether it says so or not. */
function withRole<E extends Omit<MiddlewareEntry, 'instance'>>(entry: E): E {
  const fetches = entry.hooks.has('onMessage') || entry.hooks.has('onRequest');
  return entry.role === undefined && entry.visible && fetches ? { ...entry, role: 'access' } : entry;
}

function hasVisible(listed: MiddlewareListing): boolean {
  return typeof shapeOf(listed)?.visible === 'function';
}

function hooksOf(listed: MiddlewareListing): ReadonlySet<HookName> {
  const shape = shapeOf(listed);
  const cls = classOf(listed);
  const made = typeof cls === 'function' ? registry.find(MIDDLEWARE, cls)?.hooks : undefined;
  const options = (MiddlewareUse.is(listed) ? listed.options : undefined) ?? {};
  return new Set([
    ...HOOK_NAMES.filter((hook) => typeof shape?.[hook] === 'function'),
    ...(made?.(options as never) ?? []),
  ]);
}

function shapeOf(listed: MiddlewareListing): Record<string, unknown> | undefined {
  const cls = classOf(listed) as { readonly prototype?: object } | undefined;
  return (cls ? cls.prototype : listed) as Record<string, unknown> | undefined;
}

function problemOf(listed: MiddlewareListing, hooks: ReadonlySet<HookName>): string | undefined {
  const isUse = MiddlewareUse.is(listed);
  const cls = classOf(listed);
  if (isUse ? typeof cls !== 'function' : (listed as unknown) === undefined)
    return 'is no class: an import cycle?';
  if (cls && !registry.find(MIDDLEWARE, cls)) return 'carries no @Middleware()';
  return hooks.size === 0 && !hasVisible(listed) ? 'implements no hook' : undefined;
}

/** The class the container makes; undefined for an instance. */
function classOf(listed: MiddlewareListing): ConcreteClass | undefined {
  if (MiddlewareUse.is(listed)) return listed.cls;
  return typeof listed === 'function' ? listed : undefined;
}
