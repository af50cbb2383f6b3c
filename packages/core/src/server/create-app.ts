import { StateSeal } from '../asking/state-seal.js';
import { Catalog } from '../catalog/catalog.js';
import { LocalSource } from '../catalog/local-source.js';
import { AppContainer } from '../di/app-container.js';
import { valueNode } from '../di/provider-node.js';
import { RequestPlan } from '../di/request-plan.js';
import { Mistakes } from '../errors/mistakes.js';
import type { Constructor } from '../metadata/registry.js';
import { seenEntry } from '../modules/check-module.js';
import { moduleClass, moduleGraph, type ModuleNode } from '../modules/module-graph.js';
import { isCacheHint } from '../mcp/cache-hint.js';
import type { MiddlewareEntry } from '../middleware/compose.js';
import { OPERATION_HOOKS } from '../middleware/hooks.js';
import type { LifecycleHost } from '../protocol/methods/lifecycle.js';
import type { Method } from '../protocol/methods/method.js';
import type { DynamicModule, ModuleOptions } from '../records/module-record.js';
import { TimerWheel } from '../time/timer-wheel.js';
import { appGraph, override } from './app-graph.js';
import { App } from './app.js';
import { compileServer } from './compile-server.js';
import { Components } from './components.js';
import { methodTable } from './method-table.js';
import { Subscribers } from '../protocol/methods/subscribers.js';
import { checkNodeVersion } from './node-version.js';
import { serverInfo } from './server-info.js';
import { surroundings, type CreateOptions, type Surroundings } from './surroundings.js';

/**
 * Makes an app of a module class: reads what the decorators wrote, checks it, and compiles it. Opens nothing.
 *
 * Throws a FrameworkError that tells every mistake at once.
 */
export function createApp(module: Constructor | DynamicModule, options: CreateOptions = {}): App {
  const mistakes = new Mistakes();
  checkNodeVersion(mistakes);
  const modules = moduleGraph(module, mistakes);
  mistakes.throwIfAny(seenEntry(moduleClass(module)));

  const { cls, options: root } = modules[0] as ModuleNode;
  checkListTtl(cls, root, mistakes);
  const info = serverInfo(cls, root, mistakes);
  const world = surroundings(options, { name: info.name, level: root.logLevel ?? 'info' });
  const local = localComponents(root, world);
  const graph = appGraph(modules, world, mistakes);
  graph.framework.add(valueNode(Components, local.components));
  override(graph, options.override ?? [], mistakes);
  graph.check(mistakes);

  const plan = new RequestPlan(graph);
  const wheel = new TimerWheel(world.clock);
  const compiled = compileServer(modules, { ...world, ...local, plan, wheel }, mistakes);
  mistakes.throwIfAny(cls.name);

  const catalog = catalogOf(local.source, local.subscribers);
  const methods = methodsOf(root, local.source, { ...compiled, ...world, ...local, info, catalog });
  return new App({
    ...world,
    info,
    plan,
    wheel,
    catalog,
    components: local.components,
    subscribers: local.subscribers,
    methods,
    middleware: compiled.middleware,
    entryPoints: compiled.entryPoints,
    container: new AppContainer(graph),
    seal: new StateSeal(root.secrets),
    sampling: root.sampling,
    ambient: root.currentContext === true,
    exposeErrors: root.expose === 'errors',
    undescribed: compiled.undescribed,
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

/** What the server has of its own: the source of its components, who is told of them, and the way to change them. */
function localComponents(
  { onDuplicate = 'error', websiteUrl, validation = 'lax' }: ModuleOptions,
  { logger }: Surroundings,
) {
  const source = new LocalSource(onDuplicate, logger);
  const subscribers = new Subscribers();
  const components = new Components(source, subscribers, { websiteUrl, validation });
  return { source, subscribers, components, websiteUrl, validation };
}

/** What the source holds, as callers see it; those who listen are told when it changes. */
function catalogOf(source: LocalSource, subscribers: Subscribers): Catalog {
  const catalog = new Catalog([source]);
  catalog.onChange((kind) => {
    subscribers.listChanged(kind);
  });
  return catalog;
}

type Compiled = Pick<
  LifecycleHost,
  'info' | 'logger' | 'chainOf' | 'onSession' | 'subscribers' | 'catalog'
> & {
  readonly middleware: readonly MiddlewareEntry[];
};

function methodsOf(
  { instructions, pageSize, listTtlMs = 0 }: ModuleOptions,
  source: LocalSource,
  of: Compiled,
): readonly Method[] {
  // Asked anew each time: what completes may be added while the server runs.
  const completes = (): boolean =>
    source.components.some((each) => 'completers' in each && each.completers.size > 0);
  const hasOwnHook = (method: string): boolean => {
    const hook = OPERATION_HOOKS.get(method);
    return of.middleware.some(({ hooks }) => hook !== undefined && hooks.has(hook));
  };
  return methodTable({ ...of, instructions, pageSize, listTtlMs, completes, hasOwnHook });
}
