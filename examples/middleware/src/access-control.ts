import {
  Middleware,
  ToolError,
  type Call,
  type CallToolParams,
  type CallToolResult,
  type MiddlewareHooks,
  type Next,
} from 'tenon';

/** Options of AccessControl. */
export interface AccessControlOptions {
  readonly allowedUsers: readonly string[];
}

/** Lets only some people call tools: it refuses before the tool runs, in words the model reads. */
@Middleware({
  role: 'access',
  options: { allowedUsers: { expected: 'a list of names', admits: Array.isArray, demanded: true } },
})
export class AccessControl implements MiddlewareHooks {
  readonly #allowed: ReadonlySet<string>;

  constructor({ allowedUsers }: AccessControlOptions) {
    this.#allowed = new Set(allowedUsers);
  }

  async onCallTool(
    call: Call<CallToolParams>,
    next: Next<CallToolParams, CallToolResult>,
  ): Promise<CallToolResult> {
    const user = await call.context.getState<string>('userId', { scope: 'request', default: 'nobody' });
    if (user === undefined || !this.#allowed.has(user)) throw new ToolError(`User '${user}' not authorized`);
    return next();
  }
}
