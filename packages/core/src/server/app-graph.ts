import { type CallContext } from '../context/call-context.js';
import { Context } from '../context/context.js';
import { Principal } from '../context/principal.js';
import { ProviderGraph } from '../di/provider-graph.js';
import { callNode, lifespanNodes, providerNode, valueNode } from '../di/provider-node.js';
import type { Provider } from '../di/provider.js';
import type { Mistakes } from '../errors/mistakes.js';
import { registry, type Constructor } from '../metadata/registry.js';
import { addMiddleware } from '../modules/middleware-entry.js';
import type { ModuleNode } from '../modules/module-graph.js';
import { USE_MIDDLEWARE } from '../records/middleware-record.js';
import { Bus } from '../storage/bus.js';
import { MemoryBus } from '../storage/memory-bus.js';
import { MemoryStore } from '../storage/memory-store.js';
import { AtomicStore, KeyValueStore } from '../storage/store.js';
import { Logger } from '../telemetry/logger.js';
import { Clock } from '../time/clock.js';
import { Ids } from '../time/ids.js';
import type { Surroundings } from './surroundings.js';

/** Everything that can be injected, from the modules and from the framework; overrides stand in front of both. */
export function appGraph(
  modules: readonly ModuleNode[],
  surroundings: Surroundings,
  mistakes: Mistakes,
): ProviderGraph {
  const graph = new ProviderGraph();
  for (const { options } of modules) {
    for (const lifespan of options.lifespans ?? [])
      for (const node of lifespanNodes(lifespan, mistakes)) graph.add(node);
    for (const provider of options.providers ?? []) graph.add(providerNode(provider, mistakes));
    for (const handler of options.handlers ?? []) {
      graph.add(providerNode(handler, mistakes));
      addMiddleware(usedBy(handler), graph, mistakes);
    }
    addMiddleware(options.middleware ?? [], graph, mistakes);
  }
  addFramework(graph, surroundings);
  return graph;
}

/** Puts providers in place of those of the same token. */
export function override(graph: ProviderGraph, providers: readonly Provider[], mistakes: Mistakes): void {
  for (const provider of providers) graph.replace(providerNode(provider, mistakes));
}

/** All middleware that stands on a handler class and its methods. */
function usedBy(handler: Constructor) {
  return registry.inherited(USE_MIDDLEWARE, handler).flatMap((entry) => entry.record);
}

function addFramework(graph: ProviderGraph, { logger, clock, ids }: Surroundings): void {
  graph.add(valueNode(Logger, logger));
  graph.add(valueNode(Clock, clock));
  graph.add(valueNode(Ids, ids));
  graph.add(valueNode(Bus, new MemoryBus()));
  const store = new MemoryStore(clock);
  for (const token of [KeyValueStore, AtomicStore]) graph.add(valueNode(token, store));
  graph.add(callNode(Context, (call) => call));
  graph.add(callNode(Principal, (call) => (call as CallContext).principal));
}
