import { AsyncLocalStorage } from 'node:async_hooks';
import { FrameworkError } from '../errors/framework-error.js';
import type { Context } from './context.js';

const current = new AsyncLocalStorage<Context>();

/**
 * The Context of the call this code runs in, however deep below its handler; also in timers and events it has set off.
 *
 * Only where the module says `currentContext: true`: what carries it makes every promise of the process dearer.
 *
 * @throws {FrameworkError} ERR_CONTEXT_NONE outside of any call, and without that option.
 */
export function currentContext(): Context {
  const context = current.getStore();
  if (!context) throw new FrameworkError('ERR_CONTEXT_NONE', {});
  return context;
}

/** Runs a handler so that `currentContext()` finds its Context. */
export function withCurrent<T>(context: Context, run: () => T): T {
  return current.run(context, run);
}
