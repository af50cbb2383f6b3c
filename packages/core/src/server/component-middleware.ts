import type { ComponentKind } from '../components/component-record.js';
import type { Component } from '../components/component.js';
import type { Mistakes } from '../errors/mistakes.js';
import { registry } from '../metadata/registry.js';
import type { MiddlewareEntry } from '../middleware/compose.js';
import { hooksFor, type HookName } from '../middleware/hooks.js';
import type { CompiledComponent } from '../modules/compile-handlers.js';
import type { ListedHandler } from '../modules/list-handlers.js';
import { middlewareEntries } from '../modules/middleware-entry.js';
import { refuseTwice } from '../modules/refuse-twice.js';
import { USE_MIDDLEWARE, type MiddlewareListing } from '../records/middleware-record.js';

/** What messages ask of a component of each kind: middleware that stands before it stands before these methods. */
const ASKED_OF: Readonly<Record<ComponentKind, readonly string[]>> = {
  tool: ['tools/call'],
  resource: ['resources/read', 'resources/subscribe', 'resources/unsubscribe'],
  template: ['resources/read', 'resources/subscribe', 'resources/unsubscribe', 'completion/complete'],
  prompt: ['prompts/get', 'completion/complete'],
};

/** What stands before single components: their class's outside their method's. */
export function componentMiddleware(
  handlers: readonly ListedHandler[],
  components: readonly CompiledComponent[],
  mistakes: Mistakes,
): ReadonlyMap<Component, readonly MiddlewareEntry[]> {
  const all = new Map<Component, MiddlewareEntry[]>();
  for (const handler of handlers) {
    const own = components.filter(({ owner }) => owner === handler.owner);
    const methods = registry.inherited(USE_MIDDLEWARE, handler.owner).map(({ method }) => method);
    for (const on of new Set([undefined, ...methods])) {
      const before = own.filter(({ method }) => on === undefined || on === method);
      const entries = middlewareEntries(listedOn(handler, on), handler.plan, mistakes);
      refuseIdle(entries, { place: placeOf(handler, on), before }, mistakes);
      for (const { component } of before) all.set(component, [...(all.get(component) ?? []), ...entries]);
    }
    for (const { component, method } of own) {
      const listed = [...listedOn(handler, undefined), ...listedOn(handler, method)];
      refuseTwice(listed, component.origin, mistakes);
    }
  }
  return all;
}

/** Decorators are written bottom up, and read top down. */
function listedOn({ owner }: ListedHandler, on: string | undefined): readonly MiddlewareListing[] {
  return registry
    .inherited(USE_MIDDLEWARE, owner)
    .filter(({ method }) => method === on)
    .reverse()
    .flatMap(({ record }) => record);
}

function placeOf({ owner }: ListedHandler, on: string | undefined): string {
  return on === undefined ? owner.name : `${owner.name}.${on}()`;
}

/** Middleware that is asked nothing where it stands would not protect what its author believes it does. */
function refuseIdle(
  entries: readonly MiddlewareEntry[],
  { place, before }: { readonly place: string; readonly before: readonly CompiledComponent[] },
  mistakes: Mistakes,
): void {
  const asked = new Set(before.flatMap(({ component: { kind } }) => ASKED_OF[kind].flatMap(hooksOf)));
  for (const { label, hooks, visible } of entries) {
    if (before.length > 0 && ((visible ?? false) || [...hooks].some((hook) => asked.has(hook)))) continue;
    mistakes.add('ERR_MIDDLEWARE_IDLE', { owner: label, place, ...toldOf(hooks, asked) });
  }
}

function toldOf(
  hooks: ReadonlySet<HookName>,
  asked: ReadonlySet<HookName>,
): { readonly why: string; readonly cure: string } {
  if (asked.size === 0)
    return { why: 'no tool, resource or prompt is there', cure: 'List it in the module.' };
  return {
    why: `it has ${[...hooks].join(', ') || 'visible'}`,
    cure: `List it in the module, or give it a hook that is asked there: ${[...asked].join(', ')}.`,
  };
}

function hooksOf(method: string): readonly HookName[] {
  return hooksFor(method, 'request');
}
