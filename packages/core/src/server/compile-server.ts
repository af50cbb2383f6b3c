import type { LocalSource } from '../catalog/local-source.js';
import type { Component } from '../components/component.js';
import type { RequestPlan } from '../di/request-plan.js';
import type { Mistakes } from '../errors/mistakes.js';
import { registry } from '../metadata/registry.js';
import { compose, type Chain, type MiddlewareEntry } from '../middleware/compose.js';
import { hooksFor } from '../middleware/hooks.js';
import type { CompiledEntryPoint } from '../modules/compile-entry-point.js';
import { refuseTwice } from '../modules/refuse-twice.js';
import { compileHandlers, type CompiledComponent } from '../modules/compile-handlers.js';
import { compileInline } from '../modules/compile-inline.js';
import type { Invoke } from '../modules/invoker.js';
import { listHandlers } from '../modules/list-handlers.js';
import { middlewareEntries } from '../modules/middleware-entry.js';
import type { ModuleNode } from '../modules/module-graph.js';
import { USE_MIDDLEWARE } from '../records/middleware-record.js';
import type { ValidationMode } from '../schema/schema.js';
import type { Logger } from '../telemetry/logger.js';
import { hasDocComments } from '../text/class-text.js';
import type { TimerWheel } from '../time/timer-wheel.js';
import { RUN_BY, runComponent } from './component-chain.js';

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
  readonly middleware: readonly MiddlewareEntry[];
  /** Components of classes without a single doc comment, that nothing else describes either. */
  readonly undescribed: readonly string[];
  /** What stands before one component, with its handler at the end. */
  chainOf(component: Component): Chain;
}

/** Compiles handlers, and components without a class, into the source: with the middleware before them. */
export function compileServer(
  modules: readonly ModuleNode[],
  of: CompileWith,
  mistakes: Mistakes,
): CompiledServer {
  const handlers = compileHandlers(listHandlers(modules, of.plan, mistakes), of, mistakes);
  const inline = modules.flatMap(({ options }) =>
    (options.components ?? []).flatMap((each) => mistakes.attempt(() => compileInline(each, of)) ?? []),
  );
  of.source.add([...handlers.components.map(({ component }) => component), ...inline], mistakes);
  const chains = new WeakMap<Component, Chain>(
    handlers.components.map((each) => [each.component, componentChain(each, of, mistakes)]),
  );
  return {
    onSession: handlers.onSession,
    entryPoints: handlers.entryPoints,
    middleware: modules.flatMap(({ options, providers }) =>
      middlewareEntries(options.middleware ?? [], of.plan.within(providers), mistakes),
    ),
    undescribed: undescribed(handlers.components),
    chainOf: (component) => {
      const known = chains.get(component);
      if (known) return known;
      const made = runComponent(component, of);
      chains.set(component, made);
      return made;
    },
  };
}

/** One doc comment is enough to show that the build keeps them: what has none then is as its author wants it. */
function undescribed(components: readonly CompiledComponent[]): readonly string[] {
  if (components.some(({ owner }) => hasDocComments(owner))) return [];
  return components
    .map(({ component }) => component)
    .filter(({ definition }) => definition.description === undefined)
    .map(({ origin }) => origin);
}

/** What stands before one component only, the class's outside the method's; decorators are written bottom up, and read top down. */
function componentChain(
  { component, owner, method, plan }: CompiledComponent,
  of: CompileWith,
  mistakes: Mistakes,
): Chain {
  const used = registry.inherited(USE_MIDDLEWARE, owner);
  const listed = [undefined, method].flatMap((on) =>
    used
      .filter((entry) => entry.method === on)
      .reverse()
      .flatMap((entry) => entry.record),
  );
  refuseTwice(listed, component.origin, mistakes);
  const entries = middlewareEntries(listed, plan, mistakes);
  return compose(entries, hooksFor(RUN_BY[component.kind], 'request'), runComponent(component, of));
}
