import { FrameworkError } from '../errors/framework-error.js';
import type { Component } from '../components/component.js';
import type { Varies } from '../context/varies.js';
import { MessageCall, type Call, type Next } from './call.js';
import type { MiddlewareRole } from './doubtful-order.js';
import { OPERATIONS, type HookName } from './hooks.js';

/** One middleware, and how a message gets at its instance. */
export interface MiddlewareEntry {
  /** Class name, for error texts. */
  readonly label: string;
  /** The hooks it implements. */
  readonly hooks: ReadonlySet<HookName>;
  readonly instance: (call: MessageCall) => MiddlewareInstance;
  readonly role?: MiddlewareRole | undefined;
  /** Whether its hooks keep to the rules by themselves. */
  readonly unchecked?: boolean;
  /** Whether it has `visible`. */
  readonly visible?: boolean;
  /** What the answers of `visible` depend on. */
  readonly varies?: Varies | undefined;
}

/** An instance, as the chain calls it. */
export type MiddlewareInstance = Partial<Record<HookName, (call: Call, next: Next) => unknown>> & {
  readonly visible?: (component: Component, call: Call) => unknown;
};

/** What a chain leads to, and what a chain is: a message to its result, awaited only where something in it is. */
export type Chain = (call: MessageCall) => unknown;

/** A list of middleware, outermost first, as one function; with nothing to run it is the end itself. */
export function compose(entries: readonly MiddlewareEntry[], hooks: readonly HookName[], end: Chain): Chain {
  const steps = entries.flatMap((entry) =>
    hooks.filter((hook) => entry.hooks.has(hook)).map((hook) => ({ entry, hook })),
  );
  return steps.reduceRight<Chain>((inner, step) => link(step.entry, step.hook, inner), end);
}

function link(entry: MiddlewareEntry, hook: HookName, inner: Chain): Chain {
  const label = `${entry.label}.${hook}`;
  if (entry.unchecked)
    return (call) =>
      entry.instance(call)[hook]?.(call, (changed = call) => settled(inner, changed as MessageCall));
  return (call) => {
    let called = false;
    let behind: Promise<unknown> | undefined;
    const next: Next = (changed = call) => {
      if (called) return Promise.reject(new FrameworkError('ERR_MIDDLEWARE_NEXT_TWICE', { hook: label }));
      if (changed !== call && !(changed instanceof MessageCall))
        return Promise.reject(
          new FrameworkError('ERR_MIDDLEWARE_CALL', { hook: label, seen: seen(changed) }),
        );
      called = true;
      behind = settled(inner, changed as MessageCall);
      // What has failed may be tried again. And where a hook forgets to wait, the failure must not end the process.
      behind.then(undefined, () => {
        called = false;
      });
      return behind;
    };
    const result = entry.instance(call)[hook]?.(call, next);
    // What is handed on as it came has been checked where it came from.
    if (result !== undefined && result === behind) return result;
    if (isThenable(result)) return Promise.resolve(result).then((value) => checked(value, label, call));
    return checked(result, label, call);
  };
}

/** A hook awaits next(): what was thrown at once must reach it the same way. */
function settled(inner: Chain, call: MessageCall): Promise<unknown> {
  try {
    return Promise.resolve(inner(call));
  } catch (error) {
    return Promise.reject(error);
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

function checked(value: unknown, hook: string, call: MessageCall): unknown {
  const { method } = call;
  const field = OPERATIONS.get(method)?.field;
  if (typeof value === 'object' && value !== null) {
    // What says of itself of which type it is, is another than the method's own.
    if (field === undefined || field in value || 'resultType' in value) return value;
  } else if (method.startsWith('notifications/')) return value;
  throw new FrameworkError('ERR_MIDDLEWARE_RESULT', { hook, seen: said(value, field), method });
}

function seen(handed: unknown): string {
  if (typeof handed !== 'object' || handed === null) return String(handed);
  return `an object with ${Object.keys(handed).join(', ') || 'nothing in it'}`;
}

function said(value: unknown, field = ''): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return `an object without "${field}"`;
  return value === null ? 'null' : typeof value;
}
