import {
  Middleware,
  type Call,
  type CallToolParams,
  type CallToolResult,
  type MiddlewareHooks,
  type Next,
} from 'tenon';

/** Changes the call for those behind it: `with` makes the changed one, and `next` takes it. */
@Middleware()
export class InCapitals implements MiddlewareHooks {
  onCallTool(call: Call<CallToolParams>, next: Next<CallToolParams, CallToolResult>) {
    const { name, arguments: args } = call.params;
    const title = String(args?.title).toUpperCase();
    return next(call.with({ name, arguments: { ...args, title } }));
  }
}
