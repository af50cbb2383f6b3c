import { Catalog } from '../catalog/catalog.js';
import { LocalSource } from '../catalog/local-source.js';
import type { Component } from '../components/tool.js';
import { AppContainer } from '../di/app-container.js';
import { RequestPlan } from '../di/request-plan.js';
import { Mistakes } from '../errors/mistakes.js';
import type { Implementation } from '../mcp/types.js';
import { registry, type Constructor } from '../metadata/registry.js';
import { compose, type Chain } from '../middleware/compose.js';
import { hooksFor } from '../middleware/hooks.js';
import { compileTools, type CompiledTool } from '../modules/compile-tools.js';
import { middlewareEntries } from '../modules/middleware-entry.js';
import { moduleGraph, type ModuleNode } from '../modules/module-graph.js';
import { lifecycleMethods } from '../protocol/methods/lifecycle.js';
import { loggingMethods } from '../protocol/methods/logging.js';
import type { MethodHost } from '../protocol/methods/method.js';
import { runTool, toolMethods } from '../protocol/methods/tools.js';
import { USE_MIDDLEWARE } from '../records/middleware-record.js';
import { appGraph, override } from './app-graph.js';
import { appPackage } from './app-package.js';
import { App } from './app.js';
import { surroundings, type CreateOptions } from './surroundings.js';

/**
 * Makes an app of a module class: reads what the decorators wrote, checks it, and compiles it. Opens nothing.
 *
 * Throws a FrameworkError that tells every mistake at once.
 */
export function createApp(module: Constructor, options: CreateOptions = {}): App {
  const mistakes = new Mistakes();
  const modules = moduleGraph(module, mistakes);
  mistakes.throwIfAny(module.name);

  const root = (modules[0] as ModuleNode).options;
  const info = serverInfo(module, root);
  const world = surroundings(options, { name: info.name, level: root.logLevel ?? 'info' });
  const graph = appGraph(modules, world, mistakes);
  override(graph, options.override ?? [], mistakes);
  graph.check(module.name, mistakes);

  const plan = new RequestPlan(graph);
  const tools = modules.flatMap(({ cls, options: { handlers = [] } }) =>
    handlers.flatMap((handler) => compileTools(handler, { module: cls.name, plan }, mistakes)),
  );
  const source = new LocalSource(tools.map(({ tool }) => tool));
  source.checkDuplicates(mistakes);
  const middleware = modules.flatMap((each) =>
    middlewareEntries(each.options.middleware ?? [], plan, mistakes),
  );
  const chains = new Map<Component, Chain>(tools.map((each) => [each.tool, toolChain(each, plan, mistakes)]));
  mistakes.throwIfAny(module.name);

  const catalog = new Catalog([source]);
  const host: MethodHost = {
    info,
    instructions: root.instructions,
    catalog,
    logger: world.logger,
    chainOf: (component) => chains.get(component) ?? ((call) => runTool(component, call)),
  };
  const methods = [...lifecycleMethods(host), ...loggingMethods(), ...toolMethods(host)];
  return new App({
    ...world,
    info,
    plan,
    methods,
    middleware,
    container: new AppContainer(graph),
    exposeErrors: root.expose === 'errors',
  });
}

/** What stands before one tool only, the class's outside the method's; decorators are written bottom up, and read top down. */
function toolChain({ tool, owner, method }: CompiledTool, plan: RequestPlan, mistakes: Mistakes): Chain {
  const used = registry.inherited(USE_MIDDLEWARE, owner);
  const listed = [undefined, method].flatMap((on) =>
    used
      .filter((entry) => entry.method === on)
      .reverse()
      .flatMap((entry) => entry.record),
  );
  return compose(middlewareEntries(listed, plan, mistakes), hooksFor('tools/call', 'request'), (call) =>
    runTool(tool, call),
  );
}

function serverInfo(module: Constructor, root: ModuleNode['options']): Implementation {
  const found = root.name !== undefined && root.version !== undefined ? {} : appPackage();
  return {
    name: root.name ?? found.name ?? module.name,
    version: root.version ?? found.version ?? '0.0.0',
    ...(root.websiteUrl !== undefined && { websiteUrl: root.websiteUrl }),
  };
}
