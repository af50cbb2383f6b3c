import { type CallContext } from '../context/call-context.js';
import { Changes } from '../context/changes.js';
import { Context } from '../context/context.js';
import { Principal } from '../context/principal.js';
import { UserSession } from '../context/user-session.js';
import type { ModuleProviders } from '../di/module-providers.js';
import { ProviderGraph } from '../di/provider-graph.js';
import { callNode, providerNode, valueNode } from '../di/provider-node.js';
import type { Provider } from '../di/provider.js';
import type { Mistakes } from '../errors/mistakes.js';
import { registry, type Constructor } from '../metadata/registry.js';
import { checkInjectables } from '../modules/check-injectables.js';
import { addLifespans } from '../modules/add-lifespans.js';
import { addMiddleware } from '../modules/add-middleware.js';
import { addExports } from '../modules/module-exports.js';
import type { ModuleNode } from '../modules/module-graph.js';
import { refuseOutside } from '../modules/refuse-outside.js';
import { refuseTwice } from '../modules/refuse-twice.js';
import { USE_MIDDLEWARE } from '../records/middleware-record.js';
import { Clock } from '../time/clock.js';
import { Ids } from '../time/ids.js';
import { TimerWheel } from '../time/timer-wheel.js';
import { Components } from './components.js';
import { loggerNode } from './injected-logger.js';
import type { Stores } from './stores.js';
import type { Surroundings } from './surroundings.js';

/** What the framework itself offers for injection. */
interface Offered extends Surroundings {
  readonly components: Components;
  readonly subscribers: Changes;
  readonly stores: Stores;
}

/** Everything that can be injected, from the modules and from the framework; overrides stand in front of both. */
export function appGraph(modules: readonly ModuleNode[], of: Offered, mistakes: Mistakes): ProviderGraph {
  const graph = new ProviderGraph(
    modules.map(({ providers }) => providers),
    of.resolve,
  );
  for (const { cls, options, providers } of modules) {
    checkInjectables(cls.name, options, mistakes);
    refuseTwice(options.middleware ?? [], cls.name, mistakes);
    addLifespans(options.lifespans ?? [], providers, mistakes);
    for (const provider of options.providers ?? []) providers.add(providerNode(provider, mistakes));
    for (const handler of options.handlers ?? []) providers.add(providerNode(handler, mistakes));
  }
  refuseOutside(modules, mistakes);
  addExports(modules, mistakes);
  for (const { options, providers } of modules) {
    const to = { module: providers, graph };
    for (const handler of options.handlers ?? []) addMiddleware(usedBy(handler), to, mistakes);
    addMiddleware(options.middleware ?? [], to, mistakes);
  }
  addFramework(graph.framework, of);
  return graph;
}

/** Puts providers in place of those of the same token, in every module that has one; nothing is opened for what they replace. */
export function override(graph: ProviderGraph, providers: readonly Provider[], mistakes: Mistakes): void {
  for (const provider of providers) {
    const token = typeof provider === 'function' ? provider : provider.provide;
    const homes = [...graph.modules, graph.framework].filter((each) => each.own.has(token));
    for (const home of homes.length > 0 ? homes : [graph.framework])
      home.own.set(token, providerNode(provider, mistakes));
    for (const home of homes) dropUnused(home);
  }
}

/** Lifespans are not opened where others stand in for all that they open. */
function dropUnused({ own }: ModuleProviders): void {
  const asked = new Set(
    [...own.values()].flatMap(({ dependencies }) => dependencies.map((each) => each.token)),
  );
  for (const { token, onlyForOthers } of [...own.values()])
    if (onlyForOthers && !asked.has(token)) own.delete(token);
}

/** All middleware that stands on a handler class and its methods. */
function usedBy(handler: Constructor) {
  return registry.inherited(USE_MIDDLEWARE, handler).flatMap((entry) => entry.record);
}

function addFramework(framework: ModuleProviders, of: Offered): void {
  framework.add(loggerNode(of.logger));
  framework.add(valueNode(Clock, of.clock));
  framework.add(valueNode(TimerWheel, of.wheel));
  framework.add(valueNode(Ids, of.ids));
  framework.add(valueNode(Components, of.components));
  framework.add(valueNode(Changes, of.subscribers));
  framework.add(callNode(Context, (call) => call));
  framework.add(callNode(UserSession, (call) => (call as CallContext).openState().user));
  framework.add(callNode(Principal, (call) => (call as CallContext).principal));
  of.stores.addTo(framework, of.clock);
}
