import type {
  CallToolResult,
  CompleteResult,
  GetPromptResult,
  LoggingLevel,
  PromptDefinition,
  ReadResourceResult,
  ResourceDefinition,
  ResourceTemplateDefinition,
  ToolDefinition,
} from '../mcp/types.js';
import type { Params } from '../mcp/message.js';
import type { Call, Next } from './call.js';

/** Parameters of `tools/call`. */
export interface CallToolParams extends Params {
  readonly name: string;
  readonly arguments?: Params;
}

/** Parameters of `resources/read`. */
export interface ReadResourceParams extends Params {
  readonly uri: string;
}

/** Parameters of `prompts/get`. */
export interface GetPromptParams extends Params {
  readonly name: string;
  readonly arguments?: Readonly<Record<string, string>>;
}

/** Parameters of `completion/complete`. */
export interface CompleteParams extends Params {
  readonly ref:
    | { readonly type: 'ref/prompt'; readonly name: string }
    | { readonly type: 'ref/resource'; readonly uri: string };
  readonly argument: { readonly name: string; readonly value: string };
  readonly context?: { readonly arguments?: Readonly<Record<string, string>> };
}

/** Parameters of `resources/subscribe` and `resources/unsubscribe`. */
export interface SubscribeParams extends Params {
  readonly uri: string;
}

/** Parameters of `subscriptions/listen`. */
export interface ListenParams extends Params {
  readonly notifications: {
    readonly toolsListChanged?: boolean;
    readonly promptsListChanged?: boolean;
    readonly resourcesListChanged?: boolean;
    readonly resourceSubscriptions?: readonly string[];
  };
}

/** Result of `tools/list`. */
export interface ListToolsResult {
  readonly tools: readonly ToolDefinition[];
  readonly nextCursor?: string;
}

/** Result of `resources/list`. */
export interface ListResourcesResult {
  readonly resources: readonly ResourceDefinition[];
  readonly nextCursor?: string;
}

/** Result of `resources/templates/list`. */
export interface ListResourceTemplatesResult {
  readonly resourceTemplates: readonly ResourceTemplateDefinition[];
  readonly nextCursor?: string;
}

/** Result of `prompts/list`. */
export interface ListPromptsResult {
  readonly prompts: readonly PromptDefinition[];
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
  onListResources?: Hook<Params, ListResourcesResult>;
  onListResourceTemplates?: Hook<Params, ListResourceTemplatesResult>;
  onListPrompts?: Hook<Params, ListPromptsResult>;
  onCallTool?: Hook<CallToolParams, CallToolResult>;
  onReadResource?: Hook<ReadResourceParams, ReadResourceResult>;
  onGetPrompt?: Hook<GetPromptParams, GetPromptResult>;
  onComplete?: Hook<CompleteParams, CompleteResult>;
  onSubscribe?: Hook<SubscribeParams, object>;
  onUnsubscribe?: Hook<SubscribeParams, object>;
  /** Goes on for as long as the client listens. */
  onListen?: Hook<ListenParams, object>;
  onSetLevel?: Hook<SetLevelParams, object>;
}

/** Name of a hook. */
export type HookName = keyof MiddlewareHooks;

/** The hook of each method that has one of its own: one table. */
export const OPERATION_HOOKS: ReadonlyMap<string, HookName> = new Map<string, HookName>([
  ['initialize', 'onInitialize'],
  ['server/discover', 'onDiscover'],
  ['tools/list', 'onListTools'],
  ['resources/list', 'onListResources'],
  ['resources/templates/list', 'onListResourceTemplates'],
  ['prompts/list', 'onListPrompts'],
  ['tools/call', 'onCallTool'],
  ['resources/read', 'onReadResource'],
  ['prompts/get', 'onGetPrompt'],
  ['completion/complete', 'onComplete'],
  ['resources/subscribe', 'onSubscribe'],
  ['resources/unsubscribe', 'onUnsubscribe'],
  ['subscriptions/listen', 'onListen'],
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
