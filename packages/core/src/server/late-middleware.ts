import type { AppContainer } from '../di/app-container.js';
import type { ProviderGraph } from '../di/provider-graph.js';
import type { ProviderNode } from '../di/provider-node.js';
import type { RequestPlan } from '../di/request-plan.js';
import { Mistakes } from '../errors/mistakes.js';
import { doubtfulOrder, unhandledErrors } from '../middleware/doubtful-order.js';
import type { MiddlewareEntry } from '../middleware/compose.js';
import type { MiddlewareList } from '../middleware/middleware-list.js';
import { addMiddleware } from '../modules/add-middleware.js';
import { middlewareEntries } from '../modules/middleware-entry.js';
import type { ModuleNode } from '../modules/module-graph.js';
import { refuseTwice } from '../modules/refuse-twice.js';
import type { MiddlewareListing } from '../records/middleware-record.js';
import type { Logger } from '../telemetry/logger.js';

const PLACE = 'app.use()';

/** What middleware is added to. */
interface AddTo {
  readonly root: ModuleNode;
  readonly graph: ProviderGraph;
  readonly plan: RequestPlan;
  readonly container: AppContainer;
  readonly middleware: MiddlewareList;
  readonly logger: Logger;
}

/** Adds middleware to a compiled server, as if its root module had listed it last; all of it, or none. */
export function lateMiddleware(
  to: AddTo,
): (listed: readonly MiddlewareListing[]) => readonly MiddlewareEntry[] {
  const { root, middleware, logger } = to;
  const known = [...(root.options.middleware ?? [])];
  return (listed) => {
    const mistakes = new Mistakes();
    refuseTwice([...known, ...listed], PLACE, mistakes);
    const entries = compiled(listed, to, mistakes);
    const from = middleware.entries.length;
    middleware.add(entries);
    known.push(...listed);
    const chain = middleware.entries;
    const unhandled = entries.some(({ role }) => role === 'errors') ? unhandledErrors(chain) : [];
    for (const warning of [...unhandled, ...doubtfulOrder(chain, from)])
      logger.warn(`Middleware of ${PLACE}: ${warning}`);
    return entries;
  };
}

/** Its classes join the module's providers, and leave them again where something is wrong. */
function compiled(
  listed: readonly MiddlewareListing[],
  { root, graph, plan, container }: AddTo,
  mistakes: Mistakes,
): readonly MiddlewareEntry[] {
  const { providers: module } = root;
  const before = new Set(module.own.values());
  const joining = (): readonly ProviderNode[] => [...module.own.values()].filter((node) => !before.has(node));
  try {
    addMiddleware(listed, { module, graph }, mistakes);
    for (const node of joining()) graph.link(node, module, mistakes);
    const entries = middlewareEntries(listed, plan.within(module), mistakes);
    mistakes.throwIfAny(PLACE);
    container.join(joining());
    graph.join(joining());
    return entries;
  } catch (error) {
    for (const { token } of joining()) module.own.delete(token);
    throw error;
  }
}
