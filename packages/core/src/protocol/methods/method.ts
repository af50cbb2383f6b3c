import type { Catalog } from '../../catalog/catalog.js';
import type { Component } from '../../components/component.js';
import type { Outcome } from '../../context/outcome.js';
import type { Era } from '../../mcp/era.js';
import type { Implementation } from '../../mcp/types.js';
import type { Finds, MessageCall } from '../../middleware/call.js';
import { compose, type Chain, type MiddlewareEntry } from '../../middleware/compose.js';
import { hooksFor } from '../../middleware/hooks.js';
import type { Issue } from '../../schema/schema.js';
import type { Logger } from '../../telemetry/logger.js';

/** What the methods know of the server they belong to. */
export interface MethodHost {
  readonly info: Implementation;
  readonly instructions: string | undefined;
  readonly catalog: Catalog;
  readonly logger: Logger;
  /** How many components a page of a list has; undefined: all of them. */
  readonly pageSize: number | undefined;
  /** How long clients may keep a list, in milliseconds. */
  readonly listTtlMs: number;
  /** Whether middleware stands before a method in particular: what it answers may then be another for each caller. */
  hasOwnHook(method: string): boolean;
  /** What stands before one component, with its handler at the end. */
  chainOf(component: Component): Chain;
  /** What stands before one component only, outermost first. */
  middlewareOf(component: Component): readonly MiddlewareEntry[];
}

/** One method of the protocol: the eras that know it, and what it does. */
export interface Method extends Finds {
  readonly name: string;
  readonly eras: readonly Era[];
  readonly kind: 'request' | 'notification';
  run(call: MessageCall): unknown;
  /** The outcome a result becomes; by default the result itself. */
  outcome?(result: object, call: MessageCall): Outcome | Promise<Outcome>;
}

/** What else a method asks of a component, behind the middleware of that component; composed once for each. */
export function behindOwn(host: Pick<MethodHost, 'middlewareOf'>, method: string, end: Chain): Chain {
  const hooks = hooksFor(method, 'request');
  const chains = new WeakMap<Component, Chain>();
  return (call) => {
    const { component } = call;
    if (!component) return end(call);
    const chain = chains.get(component) ?? compose(host.middlewareOf(component), hooks, end);
    chains.set(component, chain);
    return chain(call);
  };
}

/** What is wrong with some arguments, in one line. */
export function issuesText(issues: readonly Issue[]): string {
  return issues
    .map(({ path, message }) => (path.length > 0 ? `${path.join('.')} ${message}` : message))
    .join('; ');
}

/** Goes on with a value when it is there: at once, or when its promise has settled. */
export function settled<T, R>(value: T | PromiseLike<T>, then: (value: T) => R | Promise<R>): R | Promise<R> {
  return isThenable(value) ? Promise.resolve(value).then(then) : then(value);
}

function isThenable<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  );
}
