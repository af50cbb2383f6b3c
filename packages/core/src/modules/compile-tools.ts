import type { CallContext } from '../context/call-context.js';
import { componentKey, type Tool } from '../components/tool.js';
import type { RequestPlan } from '../di/request-plan.js';
import { FrameworkError } from '../errors/framework-error.js';
import type { Mistakes } from '../errors/mistakes.js';
import type { ToolDefinition } from '../mcp/types.js';
import { registry, type Constructor } from '../metadata/registry.js';
import { TOOL, type ToolOptions } from '../records/tool-record.js';
import { compileSchema } from '../schema/compile.js';
import type { CompiledSchema } from '../schema/schema.js';
import { fromContainer } from './from-container.js';
import { planParameters, type Take } from './parameter-plan.js';
import { handlerMethod, type HandlerMethod } from './parameter-source.js';

const NAME = /^[A-Za-z0-9_.-]{1,128}$/;

/** A tool, and the class and method whose middleware stands before it. */
export interface CompiledTool {
  readonly tool: Tool;
  readonly owner: Constructor;
  readonly method: string;
}

/** The decorated methods of a handler class as tools that can run. */
export function compileTools(
  owner: Constructor,
  of: { module: string; plan: RequestPlan },
  mistakes: Mistakes,
): readonly CompiledTool[] {
  const entries = registry.inherited(TOOL, owner);
  if (entries.length === 0) mistakes.add('ERR_HANDLER_EMPTY', { owner: owner.name });
  return entries.flatMap(({ method = '', record }) => {
    const tool = mistakes.attempt(() =>
      compileTool(handlerMethod(owner, method, of.module), record, of.plan),
    );
    return tool ? [{ tool, owner, method }] : [];
  });
}

function compileTool(method: HandlerMethod, options: ToolOptions, plan: RequestPlan): Tool {
  const name = options.name ?? method.name;
  if (!NAME.test(name)) throw new FrameworkError('ERR_TOOL_NAME', { method: method.label, name });
  const { input, takes } = planParameters(method, options.input, plan);
  const output =
    options.output && compileSchema(options.output, `the output of ${method.label}`, { direction: 'output' });
  const wrapped = output !== undefined && output.json.type !== 'object';
  const instance = fromContainer(plan, method.owner) ?? (() => undefined);
  return Object.freeze<Tool>({
    kind: 'tool',
    name,
    version: options.version,
    key: componentKey('tool', name, options.version),
    tags: new Set(options.tags),
    origin: method.label,
    definition: definition({ name, method, options, input, output, wrapped }),
    input,
    output,
    outputShape: output ? (wrapped ? 'wrapped' : 'object') : 'none',
    run: invoker(instance as (context: CallContext) => Handler, method.name, takes),
  });
}

type Handler = Record<string, (...values: unknown[]) => unknown>;

/** The call of the method; few parameters are the rule, and an array for each call would be waste. */
function invoker(
  instance: (context: CallContext) => Handler,
  method: string,
  takes: readonly Take[],
): Tool['run'] {
  const [first, second, third] = takes;
  if (!first) return (context) => instance(context)[method]?.();
  if (!second) return (context, args) => instance(context)[method]?.(first(context, args));
  if (!third)
    return (context, args) => instance(context)[method]?.(first(context, args), second(context, args));
  return (context, args) => instance(context)[method]?.(...takes.map((take) => take(context, args)));
}

function definition(of: {
  name: string;
  method: HandlerMethod;
  options: ToolOptions;
  input: CompiledSchema;
  output: CompiledSchema | undefined;
  wrapped: boolean;
}): ToolDefinition {
  const { name, method, options, input, output, wrapped } = of;
  const description = options.description ?? method.text?.doc?.description;
  const meta = { ...options.meta, ...(options.tags?.length && { 'tenon/tags': options.tags }) };
  return {
    name,
    ...(options.title !== undefined && { title: options.title }),
    ...(description && { description }),
    inputSchema: input.json as ToolDefinition['inputSchema'],
    ...(output && {
      outputSchema: (wrapped ? wrap(output) : output.json) as NonNullable<ToolDefinition['outputSchema']>,
    }),
    ...(options.annotations && { annotations: options.annotations }),
    ...(Object.keys(meta).length > 0 && { _meta: meta }),
  };
}

/** Definitions stay at the root, where references look for them. */
function wrap({ json: { $defs, ...result } }: CompiledSchema): object {
  return {
    type: 'object',
    properties: { result },
    required: ['result'],
    ...($defs !== undefined && { $defs }),
  };
}
