import { middlewareName, type MiddlewareListing } from '../records/middleware-record.js';
import type { ModuleNode } from './module-graph.js';

/** Middleware that more than one module lists, each as a warning: all of them stand before every message. */
export function listedAgain(modules: readonly ModuleNode[]): readonly string[] {
  const places = new Map<MiddlewareListing, string[]>();
  for (const { options, cls } of modules)
    for (const each of new Set(options.middleware)) places.set(each, [...(places.get(each) ?? []), cls.name]);
  return [...places]
    .filter(([, listedIn]) => listedIn.length > 1)
    .map(
      ([each, listedIn]) =>
        `${middlewareName(each) ?? 'undefined'} is among the middleware of ${listedIn.join(' and of ')}, and runs ${listedIn.length} times for one message. Leave it in one of them.`,
    );
}
