import { StateSeal } from '../asking/state-seal.js';
import { RequestPlan } from '../di/request-plan.js';
import { Mistakes } from '../errors/mistakes.js';
import type { Constructor } from '../metadata/registry.js';
import { checkOptions } from '../modules/check-options.js';
import { seenEntry } from '../modules/check-module.js';
import { moduleClass, moduleGraph, type ModuleNode } from '../modules/module-graph.js';
import { isCacheHint } from '../mcp/cache-hint.js';
import type { DynamicModule, ModuleOptions } from '../records/module-record.js';
import { appContract } from './app-contract.js';
import { appGraph, override } from './app-graph.js';
import { appState, checkStateStore } from './app-state.js';
import { App } from './app.js';
import { compileServer } from './compile-server.js';
import { lateMiddleware } from './late-middleware.js';
import { localComponents } from './local-components.js';
import { methodHost } from './method-host.js';
import { methodTable } from './method-table.js';
import { checkNodeVersion } from './node-version.js';
import { serverInfo } from './server-info.js';
import { Stores } from './stores.js';
import { CREATE_SHAPES, surroundings, type CreateOptions } from './surroundings.js';

/**
 * Makes an app of a module class: reads what the decorators wrote, checks it, and compiles it. Opens nothing.
 *
 * Throws a FrameworkError that tells every mistake at once.
 */
export function createApp(module: Constructor | DynamicModule, given: CreateOptions = {}): App {
  checkNodeVersion();
  const mistakes = new Mistakes();
  const options = checkOptions('createApp()', given, { shapes: CREATE_SHAPES, mistakes });
  const modules = moduleGraph(module, mistakes);
  // Without its root there is no server to look for more mistakes in.
  if (modules.length === 0) mistakes.throwIfAny(seenEntry(moduleClass(module)));

  const top = modules[0] as ModuleNode;
  const { cls, options: root } = top;
  checkListTtl(cls, root, mistakes);
  const info = serverInfo(cls, root, mistakes);
  const world = surroundings(options, { name: info.name, level: root.logLevel ?? 'info' });
  const local = localComponents(root, world.logger);
  const stores = new Stores(cls.name, root, { name: info.name, mistakes });
  const graph = appGraph(modules, { ...world, ...local, stores }, mistakes);
  const kept = appState(root, graph, world);
  override(graph, options.override ?? [], mistakes);
  graph.check(mistakes);

  const plan = new RequestPlan(graph);
  checkStateStore(root, plan.within(top.providers), mistakes);
  const compiled = compileServer(modules, { ...world, ...local, plan }, mistakes);
  mistakes.throwIfAny(cls.name);

  const host = methodHost(root, local.source, { ...compiled, ...local, info, logger: world.logger });
  return new App({
    ...world,
    ...compiled,
    ...local,
    info,
    plan,
    stores,
    catalog: host.catalog,
    methods: methodTable(host),
    ...kept,
    use: lateMiddleware({ ...world, ...kept, ...compiled, root: top, graph, plan }),
    seal: new StateSeal(root.secrets),
    sampling: root.sampling,
    ambient: root.currentContext === true,
    exposeErrors: root.expose === 'errors',
    contract: appContract(options.contract, cls.name, host),
  });
}

function checkListTtl(
  module: Constructor,
  { listTtlMs: ttlMs = 0 }: ModuleOptions,
  mistakes: Mistakes,
): void {
  if (isCacheHint({ ttlMs })) return;
  mistakes.add('ERR_CACHE_HINT', { where: module.name, seen: `listTtlMs: ${ttlMs}` });
}
