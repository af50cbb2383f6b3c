import type { Tool } from '../../components/tool.js';
import { ToolError } from '../../errors/component-error.js';
import { ProtocolError, RPC } from '../../errors/protocol-error.js';
import { NotPlain } from '../../mcp/plain.js';
import { structuredOf, toToolResult, withStructured } from '../../mcp/tool-result.js';
import type { CallToolResult } from '../../mcp/types.js';
import type { MessageCall } from '../../middleware/call.js';
import type { Validation } from '../../schema/schema.js';
import { issuesText, type Method, type MethodHost } from './method.js';
import { runHandler } from './run-handler.js';

/** `tools/call`. */
export function toolMethods(host: MethodHost): readonly Method[] {
  return [
    {
      name: 'tools/call',
      eras: ['legacy', 'modern'],
      kind: 'request',
      find: (call) => {
        const { name } = call.params;
        const component =
          typeof name === 'string' ? host.catalog.viewFor(call).find('tool', name) : undefined;
        return component && { component };
      },
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
  const { context } = call;
  return runHandler(context, {
    of: tool,
    run: () => tool.run(context, args.value),
    finish: (value) => finish(tool, value),
  }) as CallToolResult | Promise<CallToolResult>;
}

function finish(tool: Tool, value: unknown): CallToolResult | Promise<CallToolResult> {
  const result = sendable(tool, () => toToolResult(value, tool.outputShape));
  if (!tool.output || result.isError) return result;
  const checked = tool.output.validate(structuredOf(result, tool.outputShape));
  if (checked instanceof Promise) return checked.then((validation) => fitting(tool, result, validation));
  return fitting(tool, result, checked);
}

/** What cannot be sent is told with its place. */
function sendable(tool: Tool, make: () => CallToolResult): CallToolResult {
  try {
    return make();
  } catch (error) {
    if (error instanceof NotPlain)
      throw new ToolError(`Tool '${tool.name}' returned ${error.message}`, { cause: error });
    throw error;
  }
}

/** A result that misses its own schema is the author's mistake: it is logged and masked like every other. */
function fitting(tool: Tool, result: CallToolResult, checked: Validation): CallToolResult {
  if (checked.ok) return sendable(tool, () => withStructured(result, checked.value, tool.outputShape));
  throw new Error(
    `${tool.origin} returned what does not fit the output of tool '${tool.name}': ${issuesText(checked.issues)}`,
  );
}
