import {
  Logger,
  Middleware,
  type Call,
  type CallToolParams,
  type CallToolResult,
  type MiddlewareHooks,
  type Next,
  type ReadResourceParams,
  type ReadResourceResult,
} from 'tenon';

/** Hooks from the general to the special: of one middleware, all that fit a message run, in this order. */
@Middleware()
export class Journal implements MiddlewareHooks {
  constructor(private readonly logger: Logger) {}

  onMessage(call: Call, next: Next): Promise<unknown> {
    this.logger.info(`Message: ${call.method}`);
    return next();
  }

  onCallTool(call: Call<CallToolParams>, next: Next<CallToolParams, CallToolResult>) {
    this.logger.info(`Tool: ${call.params.name}`);
    return next();
  }

  onReadResource(call: Call<ReadResourceParams>, next: Next<ReadResourceParams, ReadResourceResult>) {
    this.logger.info(`Resource: ${call.params.uri}`);
    return next();
  }
}
