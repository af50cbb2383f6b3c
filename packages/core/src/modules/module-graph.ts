import { LIFESPAN } from '../di/records.js';
import type { Mistakes } from '../errors/mistakes.js';
import { registry, type Constructor } from '../metadata/registry.js';
import { MODULE, MODULE_OPTIONS, type ModuleOptions } from '../records/module-record.js';
import { nearest } from './nearest.js';

/** One module of the tree. */
export interface ModuleNode {
  readonly cls: Constructor;
  readonly options: ModuleOptions;
}

/** The modules of a server: the root first, then what each imports, every one once. */
export function moduleGraph(root: Constructor, mistakes: Mistakes): readonly ModuleNode[] {
  const nodes = new Map<Constructor, ModuleNode>();
  const visit = (cls: Constructor): void => {
    if (nodes.has(cls)) return;
    const options = typeof cls === 'function' ? registry.find(MODULE, cls) : undefined;
    if (!options) {
      mistakes.add('ERR_MODULE_NOT_A_MODULE', { owner: nameOf(cls) });
      return;
    }
    nodes.set(cls, { cls, options });
    checkOptions(cls, options, mistakes);
    for (const imported of options.imports ?? []) visit(imported);
  };
  visit(root);
  return [...nodes.values()];
}

function checkOptions(cls: Constructor, options: ModuleOptions, mistakes: Mistakes): void {
  for (const option of Object.keys(options)) {
    if ((MODULE_OPTIONS as readonly string[]).includes(option)) continue;
    const close = nearest(option, MODULE_OPTIONS);
    const suggestion = close ? `Did you mean "${close}"?` : `The options are ${MODULE_OPTIONS.join(', ')}.`;
    mistakes.add('ERR_MODULE_OPTION', { owner: `@McpModule of ${cls.name}`, option, suggestion });
  }
  for (const field of ['handlers', 'lifespans'] as const) {
    for (const entry of (options[field] ?? []) as readonly unknown[]) {
      if (typeof entry === 'function') continue;
      mistakes.add('ERR_MODULE_ENTRY', {
        seen: nameOf(entry),
        field,
        module: cls.name,
        expected: 'List classes there, not instances or undefined.',
      });
    }
  }
  for (const provider of (options.providers ?? []) as readonly unknown[]) {
    const misplaced = typeof provider === 'function' && registry.find(LIFESPAN, provider as Constructor);
    if (isProvider(provider) && !misplaced) continue;
    mistakes.add('ERR_MODULE_ENTRY', {
      seen: nameOf(provider),
      field: 'providers',
      module: cls.name,
      expected: misplaced
        ? 'It carries @Lifespan: list it under "lifespans".'
        : 'A provider is a class, or { provide, useClass | useValue | useFactory | useExisting }.',
    });
  }
}

function isProvider(value: unknown): boolean {
  if (typeof value === 'function') return true;
  if (typeof value !== 'object' || value === null || !('provide' in value) || !value.provide) return false;
  return ['useClass', 'useValue', 'useFactory', 'useExisting'].some((way) => way in value);
}

function nameOf(value: unknown): string {
  if (typeof value === 'function') return value.name || 'an anonymous class';
  return value === undefined ? 'undefined (an import cycle?)' : String(value);
}
