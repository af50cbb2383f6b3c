import type { ListResult, View } from '../../catalog/view.js';
import type { Tool } from '../../components/tool.js';
import { ToolError } from '../../errors/component-error.js';
import { ProtocolError, RPC } from '../../errors/protocol-error.js';
import type { Era } from '../../mcp/era.js';
import { NotPlain } from '../../mcp/plain.js';
import { toToolResult } from '../../mcp/tool-result.js';
import type { CallToolResult } from '../../mcp/types.js';
import type { MessageCall } from '../../middleware/call.js';
import type { Issue, Validation } from '../../schema/schema.js';
import { withCacheHints, type Method, type MethodHost } from './method.js';

/** `tools/list` and `tools/call`. */
export function toolMethods(host: MethodHost): readonly Method[] {
  const viewOf = ({ context: { exchange } }: MessageCall): View =>
    host.catalog.view(exchange.principal, exchange.session);
  return [
    {
      name: 'tools/list',
      eras: ['legacy', 'modern'],
      kind: 'request',
      run: (call) => {
        if (call.params.cursor !== undefined)
          throw new ProtocolError(RPC.invalidParams, 'Unknown cursor: tools/list gave none');
        return toolList(viewOf(call)).value;
      },
      outcome: (result, call) => {
        const view = viewOf(call);
        const list = toolList(view);
        if (result === list.value) return { is: 'json', text: list.text(call.context.era) };
        return { is: 'result', value: withCacheHints(result, call.context.era, view.cacheScope) };
      },
    },
    {
      name: 'tools/call',
      eras: ['legacy', 'modern'],
      kind: 'request',
      find: ({ name }, { exchange }) =>
        typeof name === 'string'
          ? host.catalog.view(exchange.principal, exchange.session).find('tool', name)
          : undefined,
      run: (call) => {
        if (typeof call.params.name !== 'string')
          throw new ProtocolError(RPC.invalidParams, 'Invalid params of tools/call: name must be a string');
        const { component } = call;
        if (!component) throw new ProtocolError(RPC.invalidParams, `Unknown tool: '${call.params.name}'`);
        return host.chainOf(component)(call);
      },
    },
  ];
}

/** Checks the arguments, calls the method behind a tool, and makes its result the protocol's. */
export function runTool(tool: Tool, call: MessageCall): CallToolResult | Promise<CallToolResult> {
  const { arguments: args = {} } = call.params as { arguments?: unknown };
  if (typeof args !== 'object' || args === null || Array.isArray(args)) {
    throw new ProtocolError(RPC.invalidParams, 'Invalid params of tools/call: arguments must be an object');
  }
  const checked = tool.input.validate(args);
  if (checked instanceof Promise) return checked.then((validation) => runChecked(tool, call, validation));
  return runChecked(tool, call, checked);
}

function runChecked(
  tool: Tool,
  call: MessageCall,
  args: Validation,
): CallToolResult | Promise<CallToolResult> {
  if (!args.ok) throw new ToolError(`Invalid arguments for tool '${tool.name}': ${issuesText(args.issues)}`);
  const value = tool.run(call.context, args.value);
  return isThenable(value)
    ? Promise.resolve(value).then((settled) => finish(tool, settled))
    : finish(tool, value);
}

function finish(tool: Tool, value: unknown): CallToolResult | Promise<CallToolResult> {
  let result: CallToolResult;
  try {
    result = toToolResult(value, tool.outputShape);
  } catch (error) {
    if (error instanceof NotPlain)
      throw new ToolError(`Tool '${tool.name}' returned ${error.message}`, { cause: error });
    throw error;
  }
  if (!tool.output || result.isError) return result;
  const { structuredContent } = result;
  const checked = tool.output.validate(
    tool.outputShape === 'wrapped' ? structuredContent?.result : structuredContent,
  );
  if (checked instanceof Promise) return checked.then((validation) => fitting(tool, result, validation));
  return fitting(tool, result, checked);
}

/** A result that misses its own schema is the author's mistake: it is logged and masked like every other. */
function fitting(tool: Tool, result: CallToolResult, checked: Validation): CallToolResult {
  if (checked.ok) return result;
  throw new Error(
    `${tool.origin} returned what does not fit the output of tool '${tool.name}': ${issuesText(checked.issues)}`,
  );
}

function toolList(view: View): ListResult {
  return view.listResult('tools/list', () => {
    const value = { tools: view.list('tool').map((tool) => tool.definition) };
    const texts: Record<Era, string> = {
      legacy: JSON.stringify(value),
      modern: JSON.stringify(withCacheHints(value, 'modern', view.cacheScope)),
    };
    return { value, text: (era) => texts[era] };
  });
}

function issuesText(issues: readonly Issue[]): string {
  return issues
    .map(({ path, message }) => (path.length > 0 ? `${path.join('.')} ${message}` : message))
    .join('; ');
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  );
}
