import { Middleware } from '../../decorators/middleware.js';
import type { ToolDefinition } from '../../mcp/types.js';
import { inlineRefs } from '../../schema/inline-refs.js';
import type { Call, Next } from '../call.js';
import type { ListToolsResult, MiddlewareHooks } from '../hooks.js';

/**
 * Writes out the references in listed schemas, for clients that do not follow them.
 *
 * Schemas of classes and of libraries have none but those of what refers to itself. This is for JSON Schemas that are published as they
 * were written, and for tools from elsewhere.
 */
@Middleware()
export class DereferenceSchemas implements MiddlewareHooks {
  readonly #known = new WeakMap<ToolDefinition, ToolDefinition>();

  async onListTools(_call: Call, next: Next<never, ListToolsResult>) {
    const list = await next();
    const tools = list.tools.map((tool) => this.#written(tool));
    // A list that needs nothing stays itself, with the text that was made of it.
    return tools.every((tool, index) => tool === list.tools[index]) ? list : { ...list, tools };
  }

  #written(tool: ToolDefinition): ToolDefinition {
    const known = this.#known.get(tool);
    if (known) return known;
    const written = writeOut(tool);
    this.#known.set(tool, written);
    return written;
  }
}

function writeOut(tool: ToolDefinition): ToolDefinition {
  const { inputSchema, outputSchema } = tool;
  if (!JSON.stringify([inputSchema, outputSchema]).includes('"$ref"')) return tool;
  return {
    ...tool,
    inputSchema: inlineRefs(inputSchema) as ToolDefinition['inputSchema'],
    ...(outputSchema && { outputSchema: inlineRefs(outputSchema) as typeof outputSchema }),
  };
}
