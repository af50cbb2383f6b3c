import type { LocalSource } from '../catalog/local-source.js';
import type { Component } from '../components/component.js';
import type { RequestPlan } from '../di/request-plan.js';
import type { Mistakes } from '../errors/mistakes.js';
import { compose, type Chain, type MiddlewareEntry } from '../middleware/compose.js';
import { doubtfulOrder, unhandledErrors } from '../middleware/doubtful-order.js';
import { hooksFor } from '../middleware/hooks.js';
import { MiddlewareList } from '../middleware/middleware-list.js';
import { Visibility } from '../middleware/visibility.js';
import type { CompiledEntryPoint } from '../modules/compile-entry-point.js';
import { compileHandlers, type CompiledComponent } from '../modules/compile-handlers.js';
import { compileInline } from '../modules/compile-inline.js';
import type { Invoke } from '../modules/invoker.js';
import { listHandlers } from '../modules/list-handlers.js';
import { listedAgain } from '../modules/listed-again.js';
import { middlewareEntries } from '../modules/middleware-entry.js';
import type { ModuleNode } from '../modules/module-graph.js';
import { unlistedHandlers } from '../modules/unlisted-handlers.js';
import type { ValidationMode } from '../schema/schema.js';
import type { Logger } from '../telemetry/logger.js';
import { hasDocComments } from '../text/class-text.js';
import type { TimerWheel } from '../time/timer-wheel.js';
import { RUN_BY, runComponent } from './component-chain.js';
import { componentMiddleware } from './component-middleware.js';

/** What the components of a server are compiled with. */
export interface CompileWith {
  readonly plan: RequestPlan;
  readonly source: LocalSource;
  readonly websiteUrl: string | undefined;
  readonly validation: ValidationMode;
  readonly wheel: TimerWheel;
  readonly logger: Logger;
}

/** What the modules of a server amount to, besides the components in its source. */
export interface CompiledServer {
  /** What runs when a session begins. */
  readonly onSession: readonly Invoke[];
  /** What other packages call. */
  readonly entryPoints: readonly CompiledEntryPoint[];
  /** What stands before every message, outermost first. */
  readonly middleware: MiddlewareList;
  /** Who sees what of the components. */
  readonly visibility: Visibility;
  /** Components of classes without a single doc comment, that nothing else describes either. */
  readonly undescribed: readonly string[];
  /** What stands before one component, with its handler at the end. */
  chainOf(component: Component): Chain;
  /** What stands before one component only, outermost first. */
  middlewareOf(component: Component): readonly MiddlewareEntry[];
}

/** Compiles handlers, and components without a class, into the source: with the middleware before them. */
export function compileServer(
  modules: readonly ModuleNode[],
  of: CompileWith,
  mistakes: Mistakes,
): CompiledServer {
  const listed = listHandlers(modules, of.plan, mistakes);
  for (const warning of unlistedHandlers(modules)) of.logger.warn(warning);
  const handlers = compileHandlers(listed, of, mistakes);
  const inline = modules.flatMap(({ options }) =>
    (options.components ?? []).flatMap(
      (each) => mistakes.attempt(() => compileInline(each, { ...of, mistakes })) ?? [],
    ),
  );
  of.source.add([...handlers.components.map(({ component }) => component), ...inline], mistakes);
  const middleware = new MiddlewareList(moduleMiddleware(modules, of, mistakes));
  const visibility = new Visibility(middleware);
  const own = componentMiddleware(listed, handlers.components, mistakes);
  for (const [component, entries] of own) {
    visibility.addOf(component, entries);
    warnOfOrder(component, { around: middleware.entries, entries }, of.logger);
  }
  const middlewareOf = (component: Component): readonly MiddlewareEntry[] => own.get(component) ?? [];
  const chainOf = chains((component) => componentChain(component, middlewareOf(component), of));
  // What is added later is composed when it is first asked for.
  for (const { component } of handlers.components) chainOf(component);
  return {
    onSession: handlers.onSession,
    entryPoints: handlers.entryPoints,
    middleware,
    visibility,
    middlewareOf,
    undescribed: undescribed(handlers.components),
    chainOf,
  };
}

/** The chain of each component, made once. */
function chains(make: (component: Component) => Chain): (component: Component) => Chain {
  const known = new WeakMap<Component, Chain>();
  return (component) => {
    const chain = known.get(component) ?? make(component);
    known.set(component, chain);
    return chain;
  };
}

function componentChain(
  component: Component,
  entries: readonly MiddlewareEntry[],
  of: Pick<CompileWith, 'wheel'>,
): Chain {
  return compose(entries, hooksFor(RUN_BY[component.kind], 'request'), runComponent(component, of));
}

/** Of the chain of one component: what is doubtful among the server's own is told once, for the server. */
function warnOfOrder(
  component: Component,
  {
    around,
    entries,
  }: { readonly around: readonly MiddlewareEntry[]; readonly entries: readonly MiddlewareEntry[] },
  logger: Logger,
): void {
  for (const warning of doubtfulOrder([...around, ...entries], around.length))
    logger.warn(`Middleware of ${component.origin}: ${warning}`);
}

/** One doc comment is enough to show that the build keeps them: what has none then is as its author wants it. */
function undescribed(components: readonly CompiledComponent[]): readonly string[] {
  if (components.some(({ owner }) => hasDocComments(owner))) return [];
  return components
    .map(({ component }) => component)
    .filter(({ definition }) => definition.description === undefined)
    .map(({ origin }) => origin);
}

/** What the modules list, the root's outermost. */
function moduleMiddleware(
  modules: readonly ModuleNode[],
  { plan, logger }: CompileWith,
  mistakes: Mistakes,
): readonly MiddlewareEntry[] {
  const lists = modules.map(({ options, providers, cls }) => ({
    entries: middlewareEntries(options.middleware ?? [], plan.within(providers), mistakes),
    of: cls.name,
  }));
  for (const { entries, of } of lists)
    for (const warning of unhandledErrors(entries)) logger.warn(`Middleware of ${of}: ${warning}`);
  for (const warning of listedAgain(modules)) logger.warn(warning);
  const all = lists.flatMap(({ entries }) => entries);
  for (const warning of doubtfulOrder(all)) logger.warn(`Middleware of ${lists[0]?.of ?? ''}: ${warning}`);
  return all;
}
