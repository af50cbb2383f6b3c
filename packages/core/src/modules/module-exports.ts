import { Token, tokenName, type InjectionToken } from '../di/token.js';
import type { Mistakes } from '../errors/mistakes.js';
import { registry, type Constructor } from '../metadata/registry.js';
import { MODULE, type DynamicModule } from '../records/module-record.js';
import { seenEntry } from './check-module.js';
import { moduleClass, type ModuleNode } from './module-graph.js';

/** Tells the graph what each module exports; every provider has to be in there already. */
export function addExports(modules: readonly ModuleNode[], mistakes: Mistakes): void {
  for (const { options, imports, providers } of modules) {
    for (const exported of options.exports ?? []) {
      if (!isModule(exported)) {
        providers.exports.add(exported);
        continue;
      }
      const passedOn = imports.filter(({ given, cls }) => given === exported || cls === exported);
      for (const each of passedOn) providers.exports.add(each.providers);
      if (passedOn.length > 0) continue;
      mistakes.add('ERR_MODULE_EXPORT', {
        module: providers.name,
        exported: seenEntry(moduleClass(exported)),
        problem: 'does not import',
        list: 'imports',
      });
    }
  }
  for (const { providers } of modules) {
    for (const exported of providers.exports) {
      if (typeof exported === 'object' && !(exported instanceof Token)) continue;
      if (providers.exported(exported).length > 0) continue;
      mistakes.add('ERR_MODULE_EXPORT', {
        module: providers.name,
        exported: exported === undefined ? seenEntry(exported) : tokenName(exported),
        problem: 'neither provides nor imports',
        list: 'providers',
      });
    }
  }
}

function isModule(exported: InjectionToken | DynamicModule): exported is Constructor | DynamicModule {
  if (exported instanceof Token) return false;
  const cls = moduleClass(exported as Constructor | DynamicModule);
  return typeof cls === 'function' && registry.find(MODULE, cls) !== undefined;
}
