import { registry, type Constructor } from '../metadata/registry.js';
import type { Provider } from '../di/provider.js';
import type { ListedHandler } from './list-handlers.js';
import type { ModuleNode } from './module-graph.js';
import { HANDLER_KINDS } from './parameter-source.js';

/** Providers with decorated methods that no module lists as a handler, each as a warning: nothing of them is offered. */
export function unlistedHandlers(
  modules: readonly ModuleNode[],
  listed: readonly ListedHandler[],
): readonly string[] {
  const isListed = (cls: Constructor): boolean =>
    listed.some(({ owner }) => owner === cls || Object.prototype.isPrototypeOf.call(cls, owner));
  return modules.flatMap(({ options, providers: { name } }) =>
    (options.providers ?? []).flatMap((provider) => {
      const cls = classOf(provider);
      const method = cls && !isListed(cls) ? decoratedMethod(cls) : undefined;
      if (!cls || method === undefined) return [];
      return [
        `${cls.name} is among the providers of ${name} and no handler: ${cls.name}.${method}() is not offered. List ${cls.name} under "handlers" of a module.`,
      ];
    }),
  );
}

function classOf(provider: Provider): Constructor | undefined {
  if (typeof provider === 'function') return provider;
  return 'useClass' in provider ? provider.useClass : undefined;
}

function decoratedMethod(cls: Constructor): string | undefined {
  return HANDLER_KINDS.flatMap((kind) => registry.inherited<unknown>(kind, cls))[0]?.method;
}
