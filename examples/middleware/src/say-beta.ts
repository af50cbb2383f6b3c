import {
  Middleware,
  type Call,
  type ListParams,
  type ListToolsResult,
  type MiddlewareHooks,
  type Next,
  type ToolComponent,
} from 'tenon';

/** Says in the list which tools are new: an entry's component has its tags. */
@Middleware()
export class SayBeta implements MiddlewareHooks {
  async onListTools(
    call: Call<ListParams, ToolComponent>,
    next: Next<ListParams, ListToolsResult>,
  ): Promise<ListToolsResult> {
    const result = await next();
    const tools = result.tools.map((tool) => {
      const isBeta = call.componentOf(tool)?.tags.has('beta') ?? false;
      return isBeta ? { ...tool, description: `${tool.description ?? ''} (beta)` } : tool;
    });
    return { ...result, tools };
  }
}
