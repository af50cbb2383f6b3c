import type { CallToolResult, LoggingLevel, ToolDefinition } from '../mcp/types.js';
import type { Params } from '../mcp/message.js';
import type { Call, Next } from './call.js';

/** Parameters of `tools/call`. */
export interface CallToolParams extends Params {
  readonly name: string;
  readonly arguments?: Params;
}

/** Result of `tools/list`. */
export interface ListToolsResult {
  readonly tools: readonly ToolDefinition[];
  readonly nextCursor?: string;
}

/** Parameters of `logging/setLevel`. */
export interface SetLevelParams extends Params {
  readonly level: LoggingLevel;
}

type Hook<P, R> = (call: Call<P>, next: Next<P, R>) => R | Promise<R>;

/**
 * What a class with @Middleware() may implement: a method a hook, each given the call and the way on.
 *
 * One middleware's hooks run from the general to the operation's own, then the next middleware's.
 */
export interface MiddlewareHooks {
  /** Every message. */
  onMessage?: Hook<Params, unknown>;
  /** Every message that wants an answer, unknown methods included. */
  onRequest?: Hook<Params, unknown>;
  /** Every message that wants none. */
  onNotification?: Hook<Params, unknown>;
  onInitialize?: Hook<Params, object>;
  onDiscover?: Hook<Params, object>;
  onListTools?: Hook<Params, ListToolsResult>;
  onCallTool?: Hook<CallToolParams, CallToolResult>;
  onSetLevel?: Hook<SetLevelParams, object>;
}

/** Name of a hook. */
export type HookName = keyof MiddlewareHooks;

/** The hook of each method that has one of its own: one table. */
export const OPERATION_HOOKS: ReadonlyMap<string, HookName> = new Map<string, HookName>([
  ['initialize', 'onInitialize'],
  ['server/discover', 'onDiscover'],
  ['tools/list', 'onListTools'],
  ['tools/call', 'onCallTool'],
  ['logging/setLevel', 'onSetLevel'],
]);

/** Every hook there is, general ones first. */
export const HOOK_NAMES: readonly HookName[] = [
  'onMessage',
  'onRequest',
  'onNotification',
  ...OPERATION_HOOKS.values(),
];

/** The hooks a message of a method passes, in the order one middleware runs them. */
export function hooksFor(method: string, kind: 'request' | 'notification'): readonly HookName[] {
  const operation = OPERATION_HOOKS.get(method);
  return [
    'onMessage',
    kind === 'request' ? 'onRequest' : 'onNotification',
    ...(operation ? [operation] : []),
  ];
}
