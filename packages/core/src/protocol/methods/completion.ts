import type { Prompt } from '../../components/prompt.js';
import type { ResourceTemplate } from '../../components/resource-template.js';
import { ProtocolError, RPC } from '../../errors/protocol-error.js';
import type { View } from '../../catalog/view.js';
import type { Params } from '../../mcp/message.js';
import type { CompleteResult } from '../../mcp/types.js';
import type { MessageCall } from '../../middleware/call.js';
import { behindOwn, settled, type Method, type MethodHost } from './method.js';

/** So many suggestions fit into one answer. */
const MAX_VALUES = 100;

/** `completion/complete`: suggestions for one argument of a prompt or one variable of a template. */
export function completionMethods(host: MethodHost & { completes(): boolean }): readonly Method[] {
  const find = ({ ref }: Params, view: View): Prompt | ResourceTemplate | undefined => {
    const { type, name, uri } = (ref ?? {}) as { type?: unknown; name?: unknown; uri?: unknown };
    if (type === 'ref/prompt' && typeof name === 'string') return view.find('prompt', name);
    return type === 'ref/resource' && typeof uri === 'string' ? view.find('template', uri) : undefined;
  };
  const answer = behindOwn(host, 'completion/complete', complete);
  return [
    {
      name: 'completion/complete',
      eras: ['legacy', 'modern'],
      kind: 'request',
      find: (call) => {
        const component = find(call.params, host.catalog.viewFor(call));
        return component && { component };
      },
      run: (call) => {
        // As if it were unknown: nothing has said that there are suggestions.
        if (!host.completes()) throw new ProtocolError(RPC.methodNotFound, `Unknown method: ${call.method}`);
        return answer(call);
      },
    },
  ];
}

function complete(call: MessageCall): CompleteResult | Promise<CompleteResult> {
  const component = call.component as Prompt | ResourceTemplate | undefined;
  if (!component)
    throw new ProtocolError(
      RPC.invalidParams,
      'Invalid params of completion/complete: ref names no prompt and no resource template',
    );
  const { name, value } = (call.params.argument ?? {}) as { name?: unknown; value?: unknown };
  if (typeof name !== 'string' || typeof value !== 'string')
    throw new ProtocolError(
      RPC.invalidParams,
      'Invalid params of completion/complete: argument must have a name and a value',
    );
  const completer = component.completers.get(name);
  if (!completer) return toCompletion([]);
  const { arguments: args = {} } = (call.params.context ?? {}) as { arguments?: Params };
  return settled(completer(call.context, { value, args }), toCompletion);
}

/** Whatever a completer gave as the protocol's result: at most a hundred values, and how many there are. */
function toCompletion(given: unknown): CompleteResult {
  if (isCompletion(given)) return toCompletionOf(given.values, given);
  const values = given === undefined || given === null ? [] : Array.isArray(given) ? given : [given];
  return toCompletionOf(values, {});
}

function toCompletionOf(
  all: readonly unknown[],
  said: { readonly total?: number; readonly hasMore?: boolean },
): CompleteResult {
  const values = all.slice(0, MAX_VALUES).map(String);
  const cut = all.length > MAX_VALUES;
  const total = said.total ?? (cut ? all.length : undefined);
  const hasMore = cut ? true : said.hasMore;
  return {
    completion: {
      values,
      ...(total !== undefined && { total }),
      ...(hasMore !== undefined && { hasMore }),
    },
  };
}

function isCompletion(
  given: unknown,
): given is { readonly values: readonly unknown[]; readonly total?: number; readonly hasMore?: boolean } {
  return typeof given === 'object' && given !== null && Array.isArray((given as { values?: unknown }).values);
}
