import type { CallContext } from '../context/call-context.js';
import { fromContainer } from './from-container.js';
import type { Take } from './parameter-plan.js';
import type { HandlerMethod } from './parameter-source.js';

type Handler = Record<string, (...values: unknown[]) => unknown>;

/** Calls a handler's method on the instance the message belongs to, with what its parameters ask for. */
export type Invoke = (context: CallContext, args: unknown) => unknown;

/** The call of a method, compiled: few parameters are the rule, and an array for each call would be waste. */
export function invoker(method: HandlerMethod, takes: readonly Take[]): Invoke {
  const { name } = method;
  const instance = (fromContainer(method.plan, method.owner) ?? (() => undefined)) as (
    context: CallContext,
  ) => Handler;
  if (takes.some((take) => take.awaited)) {
    return async (context, args) => {
      const values: unknown[] = [];
      for (const take of takes) values.push(take.awaited ? await take(context, args) : take(context, args));
      return instance(context)[name]?.(...values);
    };
  }
  const [first, second, third] = takes;
  if (!first) return (context) => instance(context)[name]?.();
  if (!second) return (context, args) => instance(context)[name]?.(first(context, args));
  if (!third)
    return (context, args) => instance(context)[name]?.(first(context, args), second(context, args));
  return (context, args) => instance(context)[name]?.(...takes.map((take) => take(context, args)));
}
