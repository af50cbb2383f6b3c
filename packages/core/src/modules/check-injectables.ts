import type { Provider } from '../di/provider.js';
import { INJECTABLE } from '../di/records.js';
import { tokenName } from '../di/token.js';
import type { Mistakes } from '../errors/mistakes.js';
import { registry, type Constructor } from '../metadata/registry.js';
import { MiddlewareUse } from '../records/middleware-use.js';
import type { ModuleOptions } from '../records/module-record.js';
import { checkOptions, checkValues } from './check-options.js';
import { SHAPES } from './option-shapes.js';

/** Notes wrong options of @Injectable, and wrong lifetimes of providers, in one module. */
export function checkInjectables(module: string, options: ModuleOptions, mistakes: Mistakes): void {
  const { providers = [], lifespans = [], handlers = [], middleware = [] } = options;
  const by = { shapes: SHAPES.injectable, mistakes };
  for (const listed of [...providers, ...lifespans, ...handlers, ...middleware]) {
    const cls = classOf(listed);
    const given = cls && registry.find(INJECTABLE, cls)?.given;
    if (cls && given) checkOptions(`@Injectable of ${cls.name}`, given, by);
    if (isProvider(listed) && 'lifetime' in listed)
      checkValues(`${tokenName(listed.provide)} in ${module}`, { lifetime: listed.lifetime }, by);
  }
}

function classOf(listed: unknown): Constructor | undefined {
  if (typeof listed === 'function') return listed as Constructor;
  if (MiddlewareUse.is(listed)) return listed.cls;
  return isProvider(listed) && 'useClass' in listed ? listed.useClass : undefined;
}

function isProvider(listed: unknown): listed is Exclude<Provider, Constructor> {
  return typeof listed === 'object' && listed !== null && 'provide' in listed;
}
