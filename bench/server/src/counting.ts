import {
  Middleware,
  type Call,
  type CallToolParams,
  type CallToolResult,
  type MiddlewareHooks,
  type Next,
} from 'tenon';

/** The one middleware: it waits for what stands behind it, as most do. */
@Middleware()
export class Counting implements MiddlewareHooks {
  answered = 0;

  async onCallTool(_call: Call<CallToolParams>, next: Next<CallToolParams, CallToolResult>) {
    const result = await next();
    this.answered++;
    return result;
  }
}
