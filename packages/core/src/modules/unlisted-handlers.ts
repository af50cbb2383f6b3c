import { registry, type Constructor } from '../metadata/registry.js';
import { mereProviders } from './mere-providers.js';
import type { ModuleNode } from './module-graph.js';
import { HANDLER_KINDS } from './parameter-source.js';

/** Providers with decorated methods that no module lists as a handler, each as a warning: nothing of them is offered. */
export function unlistedHandlers(modules: readonly ModuleNode[]): readonly string[] {
  return mereProviders(modules).flatMap(({ cls, module }) => {
    const method = decoratedMethod(cls);
    if (method === undefined) return [];
    return [
      `${cls.name} is among the providers of ${module} and no handler: ${cls.name}.${method}() is not offered. List ${cls.name} under "handlers" of a module.`,
    ];
  });
}

function decoratedMethod(cls: Constructor): string | undefined {
  return HANDLER_KINDS.flatMap((kind) => registry.inherited<unknown>(kind, cls))[0]?.method;
}
