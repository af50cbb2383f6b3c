import { LIFESPAN } from '../di/records.js';
import type { Mistakes } from '../errors/mistakes.js';
import { registry, type Constructor } from '../metadata/registry.js';
import {
  DYNAMIC_OPTIONS,
  MODULE_OPTIONS,
  type DynamicModule,
  type ModuleOptions,
} from '../records/module-record.js';
import { nearest } from './nearest.js';

/** Notes options nobody knows, and entries that their list does not hold. */
export function checkModule(
  module: string,
  of: { said: ModuleOptions; added: DynamicModule | undefined; options: ModuleOptions },
  mistakes: Mistakes,
): void {
  checkNames(`@McpModule of ${module}`, of.said, { known: MODULE_OPTIONS, mistakes });
  if (of.added) checkNames(`The dynamic module of ${module}`, of.added, { known: DYNAMIC_OPTIONS, mistakes });
  for (const field of ['handlers', 'lifespans'] as const) {
    for (const entry of (of.options[field] ?? []) as readonly unknown[]) {
      if (typeof entry === 'function') continue;
      mistakes.add('ERR_MODULE_ENTRY', {
        seen: seenEntry(entry),
        field,
        module,
        expected: 'List classes there, not instances or undefined.',
      });
    }
  }
  for (const provider of (of.options.providers ?? []) as readonly unknown[]) {
    const misplaced = typeof provider === 'function' && registry.find(LIFESPAN, provider as Constructor);
    if (isProvider(provider) && !misplaced) continue;
    mistakes.add('ERR_MODULE_ENTRY', {
      seen: seenEntry(provider),
      field: 'providers',
      module,
      expected: misplaced
        ? 'It carries @Lifespan: list it under "lifespans".'
        : 'A provider is a class, or { provide, useClass | useValue | useFactory | useExisting }.',
    });
  }
}

/** What stands in a list, as error texts name it. */
export function seenEntry(value: unknown): string {
  if (typeof value === 'function') return value.name || 'an anonymous class';
  return value === undefined ? 'undefined (an import cycle?)' : String(value);
}

function checkNames(
  owner: string,
  options: object,
  of: { known: readonly string[]; mistakes: Mistakes },
): void {
  for (const option of Object.keys(options)) {
    if (of.known.includes(option)) continue;
    const close = nearest(option, of.known);
    const suggestion = close ? `Did you mean "${close}"?` : `The options are ${of.known.join(', ')}.`;
    of.mistakes.add('ERR_MODULE_OPTION', { owner, option, suggestion });
  }
}

function isProvider(value: unknown): boolean {
  if (typeof value === 'function') return true;
  if (typeof value !== 'object' || value === null || !('provide' in value) || !value.provide) return false;
  return ['useClass', 'useValue', 'useFactory', 'useExisting'].some((way) => way in value);
}
