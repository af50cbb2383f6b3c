import type { ErrorDetails } from '../errors/codes.js';
import { seenEntry } from './check-module.js';

/** What stands where a module should, by whom it is imported, and what to change. */
export function notAModule(
  given: unknown,
  importedBy: string | undefined,
): ErrorDetails<'ERR_MODULE_NOT_A_MODULE'> {
  const seen = isDynamic(given) ? given.module : given;
  return {
    owner: seenEntry(seen),
    place: importedBy === undefined ? 'used as the module of a server' : `in the imports of ${importedBy}`,
    cure: cureOf(seen, importedBy),
  };
}

function isDynamic(given: unknown): given is { readonly module: unknown } {
  return typeof given === 'object' && given !== null && 'module' in given;
}

function cureOf(seen: unknown, importedBy: string | undefined): string {
  if (seen === undefined)
    return 'Where files import each other one of them sees undefined: move what both need into a third module, which both import.';
  // Of functions only classes, and those of the old kind, have one.
  if (typeof seen !== 'function' || !('prototype' in seen))
    return 'List the class that carries @McpModule, or what a method like forRoot(…) returns: call it there, and await it if it is async.';
  const otherwise = importedBy === undefined ? '' : `, or take it out of the imports of ${importedBy}`;
  return `Put @McpModule({ … }) above class ${seenEntry(seen)}${otherwise}.`;
}
