import type { MiddlewareEntry } from './compose.js';
import type { HookName } from './hooks.js';

/** The middleware of a chain, cut in two. */
interface Cut {
  readonly outer: readonly MiddlewareEntry[];
  readonly inner: readonly MiddlewareEntry[];
}

/**
 * Cuts a chain where it is known what the sender of a message sees: as soon as all of the first `asked` have heard of the message in
 * general, since `visible` may go by what any of them has fetched. The hook of the operation is behind that place, if it can be.
 */
export function whereKnown(
  entries: readonly MiddlewareEntry[],
  hooks: readonly HookName[],
  asked: number,
): Cut {
  const [general, own] = [hooks.slice(0, GENERAL), hooks.slice(GENERAL)];
  const place = entries
    .slice(0, asked)
    .findLastIndex((entry) => general.some((hook) => entry.hooks.has(hook)));
  const cut = entries[place];
  if (!cut) return { outer: [], inner: entries };
  return {
    outer: [...entries.slice(0, place), only(cut, general)],
    inner: [only(cut, own), ...entries.slice(place + 1)],
  };
}

/** So many of the hooks a message passes are not its operation's own. */
const GENERAL = 2;

function only(entry: MiddlewareEntry, names: readonly HookName[]): MiddlewareEntry {
  return { ...entry, hooks: new Set(names.filter((name) => entry.hooks.has(name))) };
}
