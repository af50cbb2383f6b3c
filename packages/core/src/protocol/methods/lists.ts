import { componentKey, type ComponentKind } from '../../components/component-record.js';
import type { ListResult, View } from '../../catalog/view.js';
import { ProtocolError, RPC } from '../../errors/protocol-error.js';
import { withCacheHint } from '../../mcp/cache-hint.js';
import type { Era } from '../../mcp/era.js';
import type { ListEntry, MessageCall } from '../../middleware/call.js';
import type { Method, MethodHost } from './method.js';

/** The list of each kind of component: one table. */
const LISTS: readonly {
  readonly kind: ComponentKind;
  readonly method: string;
  readonly field: string;
  /** What says of an entry which component it stands for. */
  readonly id: keyof ListEntry;
}[] = [
  { kind: 'tool', method: 'tools/list', field: 'tools', id: 'name' },
  { kind: 'resource', method: 'resources/list', field: 'resources', id: 'uri' },
  { kind: 'template', method: 'resources/templates/list', field: 'resourceTemplates', id: 'uriTemplate' },
  { kind: 'prompt', method: 'prompts/list', field: 'prompts', id: 'name' },
];

/** `tools/list`, `resources/list`, `resources/templates/list` and `prompts/list`. */
export function listMethods(host: MethodHost): readonly Method[] {
  return LISTS.map((of) => {
    const pageOf = (call: MessageCall): ListResult =>
      page(host.catalog.viewFor(call), of, call.params.cursor, host);
    return {
      name: of.method,
      eras: ['legacy', 'modern'],
      kind: 'request',
      findEntry: (entry, call) => {
        const id = entry[of.id];
        return id === undefined ? undefined : host.catalog.viewFor(call).find(of.kind, id);
      },
      run: (call) => pageOf(call).value,
      outcome: (result, call) => {
        const { era } = call.context;
        // Not by the cursor: middleware that answers by itself, or changes the call, may have cursors of its own.
        const list = PAGES.get(result);
        if (list) return { is: 'json', text: list.text(era) };
        // What middleware has changed may be another list for each caller.
        return { is: 'result', value: withCacheHint(result, era, { ttlMs: host.listTtlMs }) };
      },
    };
  });
}

/** One page, made when it is first asked for and kept with the view. */
function page(
  view: View,
  { kind, method, field }: (typeof LISTS)[number],
  cursor: unknown,
  host: MethodHost,
): ListResult {
  const { pageSize, listTtlMs: ttlMs } = host;
  const start = cursor === undefined ? 0 : placeOf(view, kind, cursor);
  return view.listResult(`${method} ${start}`, () => {
    const all = view.list(kind);
    const shown = all.slice(start, start + (pageSize ?? all.length));
    const last = shown.at(-1);
    const value = {
      [field]: shown.map((component) => component.definition),
      ...(last && last !== all.at(-1) && { nextCursor: cursorAfter(last.key) }),
    };
    // All pages of a list may be shared, or none: so it cannot be left to what the middleware makes of one.
    const scope = host.hasOwnHook(method) ? 'private' : view.cacheScope;
    const texts: Partial<Record<Era, string>> = {};
    const made: ListResult = {
      value,
      text: (era) => (texts[era] ??= JSON.stringify(withCacheHint(value, era, { ttlMs, scope }))),
    };
    PAGES.set(value, made);
    return made;
  });
}

/** The page that a result is, as long as nothing has put another in its place. */
const PAGES = new WeakMap<object, ListResult>();

/** A cursor names the component it stands behind, so that it stays good when others come or go. */
function cursorAfter(key: string): string {
  return Buffer.from(key).toString('base64url');
}

function placeOf(view: View, kind: ComponentKind, cursor: unknown): number {
  const key = typeof cursor === 'string' ? Buffer.from(cursor, 'base64url').toString() : '';
  const place = key.startsWith(componentKey(kind, '').slice(0, -1))
    ? view.list(kind).findIndex((component) => component.key === key)
    : -1;
  if (place < 0) throw new ProtocolError(RPC.invalidParams, 'Unknown cursor: ask for the list anew');
  return place + 1;
}
