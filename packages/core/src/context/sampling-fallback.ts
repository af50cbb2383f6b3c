import type { Params } from '../mcp/message.js';
import type { Context } from './context.js';

/** A model of the server's own, for clients that have none, or in place of theirs. */
export interface SamplingFallback {
  readonly always: boolean;
  createMessage(params: Params, context: Context): Promise<unknown>;
}
