import { LIFESPAN } from '../di/records.js';
import { tokenName, type InjectionToken } from '../di/token.js';
import type { Mistakes } from '../errors/mistakes.js';
import { registry, type Constructor } from '../metadata/registry.js';
import { ENV } from '../records/config-record.js';
import type { ModuleOptions } from '../records/module-record.js';

/** Notes entries that their list does not hold; the rest is returned. */
export function checkModule(module: string, options: ModuleOptions, mistakes: Mistakes): ModuleOptions {
  const kept = Object.entries(EXPECTED).map(([field, expectedOf]) => {
    const entries = (options[field as keyof typeof EXPECTED] ?? []) as readonly unknown[];
    const held = entries.filter((entry) => {
      const expected = expectedOf(entry);
      if (expected === undefined) return true;
      mistakes.add('ERR_MODULE_ENTRY', { seen: seenEntry(entry), field, module, expected });
      return false;
    });
    return [field, held] as const;
  });
  return { ...options, ...(Object.fromEntries(kept) as ModuleOptions) };
}

/** What a list holds instead of an entry; undefined of one that it does hold. */
const EXPECTED = { handlers: notClass, lifespans: notClass, providers: misplaced } as const;

function notClass(entry: unknown): string | undefined {
  return typeof entry === 'function' ? undefined : 'List classes there, not instances or undefined.';
}

/** What stands in a list, as error texts name it. */
export function seenEntry(value: unknown): string {
  if (typeof value === 'function') return value.name || 'an anonymous class';
  if (typeof value === 'object' && value !== null) return seenObject(value);
  return value === undefined ? 'undefined (an import cycle?)' : String(value);
}

function seenObject(value: object): string {
  const cls = (value as { readonly constructor?: Constructor }).constructor;
  if (cls && cls !== Object) return `an instance of ${cls.name}`;
  const keys = Object.entries(value).map(([key, entry]: [string, unknown]) =>
    key === 'provide' ? `provide: ${tokenName(entry as InjectionToken)}` : key,
  );
  return `{ ${keys.join(', ')} }`;
}

/** Why something is no provider; undefined if it is one. */
function misplaced(provider: unknown): string | undefined {
  if (!isProvider(provider))
    return 'A provider is a class, or { provide, useClass | useValue | useFactory | useExisting }.';
  if (typeof provider !== 'function') return undefined;
  const cls = provider as Constructor;
  if (registry.find(LIFESPAN, cls)) return 'It carries @Lifespan: list it under "lifespans".';
  return registry.inherited(ENV, cls).length > 0
    ? `It carries @Env: import ConfigModule.forRoot(${cls.name}) instead.`
    : undefined;
}

function isProvider(value: unknown): boolean {
  if (typeof value === 'function') return true;
  if (typeof value !== 'object' || value === null || !('provide' in value) || !value.provide) return false;
  return ['useClass', 'useValue', 'useFactory', 'useExisting'].some((way) => way in value);
}
