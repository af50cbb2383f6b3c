import type { Provider } from '../di/provider.js';
import type { Constructor } from '../metadata/registry.js';
import type { ModuleNode } from './module-graph.js';

/** A class among the providers of a module that no message is ever brought to. */
export interface MereProvider {
  readonly cls: Constructor;
  /** The name of the module. */
  readonly module: string;
}

/** Classes among the providers of modules that are no handlers, and that no handler extends. */
export function mereProviders(modules: readonly ModuleNode[]): readonly MereProvider[] {
  const handlers = modules.flatMap(({ options }) => options.handlers ?? []);
  const isHandler = (cls: Constructor): boolean =>
    handlers.some((each) => each === cls || Object.prototype.isPrototypeOf.call(cls, each));
  return modules.flatMap(({ options, providers: { name: module } }) =>
    (options.providers ?? []).flatMap((provider) => {
      const cls = classOf(provider);
      return cls && !isHandler(cls) ? [{ cls, module }] : [];
    }),
  );
}

function classOf(provider: Provider): Constructor | undefined {
  if (typeof provider === 'function') return provider;
  return 'useClass' in provider ? provider.useClass : undefined;
}
