import type { Component } from '../components/component.js';
import type { Prompt } from '../components/prompt.js';
import type { ResourceTemplate } from '../components/resource-template.js';
import type { Resource } from '../components/resource.js';
import type { Tool } from '../components/tool.js';
import type {
  CallToolResult,
  ClientCapabilities,
  CompleteResult,
  GetPromptResult,
  Implementation,
  LoggingLevel,
  PromptDefinition,
  ReadResourceResult,
  ResourceDefinition,
  ResourceTemplateDefinition,
  ServerCapabilities,
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

/** Parameters of `tools/list` and the other lists. */
export interface ListParams extends Params {
  readonly cursor?: string;
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

/** Parameters of `initialize`. */
export interface InitializeParams extends Params {
  readonly protocolVersion: string;
  readonly capabilities: ClientCapabilities;
  readonly clientInfo: Implementation;
}

/** Result of `initialize`. */
export interface InitializeResult {
  readonly protocolVersion: string;
  readonly capabilities: ServerCapabilities;
  readonly serverInfo: Implementation;
  readonly instructions?: string;
}

/** Result of `server/discover`. */
export interface DiscoverResult {
  readonly supportedVersions: readonly string[];
  readonly capabilities: ServerCapabilities;
  readonly instructions?: string;
}

type Hook<P, R, C extends Component = Component> = (call: Call<P, C>, next: Next<P, R>) => R | Promise<R>;

/**
 * What a class with @Middleware() may implement: a method a hook, each given the call and the way on.
 *
 * One middleware's hooks run from the general to the operation's own, then the next middleware's.
 */
export interface MiddlewareHooks {
  /** Every message whose parameters are an object; what is none is refused before. */
  onMessage?: Hook<Params, unknown>;
  /** Every message that wants an answer, unknown methods included. */
  onRequest?: Hook<Params, unknown>;
  /** Every message that wants none. */
  onNotification?: Hook<Params, unknown>;
  /** The beginning of a session. What it throws refuses the client, also once `next()` has answered. */
  onInitialize?: Hook<InitializeParams, InitializeResult>;
  onDiscover?: Hook<Params, DiscoverResult>;
  onListTools?: Hook<ListParams, ListToolsResult, Tool>;
  onListResources?: Hook<ListParams, ListResourcesResult, Resource>;
  onListResourceTemplates?: Hook<ListParams, ListResourceTemplatesResult, ResourceTemplate>;
  onListPrompts?: Hook<ListParams, ListPromptsResult, Prompt>;
  onCallTool?: Hook<CallToolParams, CallToolResult, Tool>;
  onReadResource?: Hook<ReadResourceParams, ReadResourceResult, Resource | ResourceTemplate>;
  onGetPrompt?: Hook<GetPromptParams, GetPromptResult, Prompt>;
  onComplete?: Hook<CompleteParams, CompleteResult, Prompt | ResourceTemplate>;
  onSubscribe?: Hook<SubscribeParams, object, Resource | ResourceTemplate>;
  onUnsubscribe?: Hook<SubscribeParams, object, Resource | ResourceTemplate>;
  /** Goes on for as long as the client listens. */
  onListen?: Hook<ListenParams, object>;
  onSetLevel?: Hook<SetLevelParams, object>;
  /**
   * Whether the sender of a message sees a component; what it does not see is in no list and cannot be used, as if it were not there.
   *
   * Asked for every component a message lists or names, with `call.component` not known yet. It answers at once: what has to be waited
   * for is fetched in `onRequest`. `@Middleware({ varies })` says what its answers depend on.
   */
  visible?(component: Component, call: Call): boolean;
}

/** Name of a hook. */
export type HookName = Exclude<keyof MiddlewareHooks, 'visible'>;

/** The hook before one method, and the field without which an object is no result of it. */
export interface Operation {
  readonly hook: HookName;
  readonly field?: string;
}

/** The hook of each method that has one of its own: one table. */
export const OPERATIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['initialize', { hook: 'onInitialize', field: 'protocolVersion' }],
  ['server/discover', { hook: 'onDiscover', field: 'supportedVersions' }],
  ['tools/list', { hook: 'onListTools', field: 'tools' }],
  ['resources/list', { hook: 'onListResources', field: 'resources' }],
  ['resources/templates/list', { hook: 'onListResourceTemplates', field: 'resourceTemplates' }],
  ['prompts/list', { hook: 'onListPrompts', field: 'prompts' }],
  ['tools/call', { hook: 'onCallTool', field: 'content' }],
  ['resources/read', { hook: 'onReadResource', field: 'contents' }],
  ['prompts/get', { hook: 'onGetPrompt', field: 'messages' }],
  ['completion/complete', { hook: 'onComplete', field: 'completion' }],
  ['resources/subscribe', { hook: 'onSubscribe' }],
  ['resources/unsubscribe', { hook: 'onUnsubscribe' }],
  ['subscriptions/listen', { hook: 'onListen' }],
  ['logging/setLevel', { hook: 'onSetLevel' }],
]);

/** Every hook there is, general ones first. */
export const HOOK_NAMES: readonly HookName[] = [
  'onMessage',
  'onRequest',
  'onNotification',
  ...[...OPERATIONS.values()].map(({ hook }) => hook),
];

/** The hooks a message of a method passes, in the order one middleware runs them. */
export function hooksFor(method: string, kind: 'request' | 'notification'): readonly HookName[] {
  const operation = OPERATIONS.get(method);
  return [
    'onMessage',
    kind === 'request' ? 'onRequest' : 'onNotification',
    ...(operation ? [operation.hook] : []),
  ];
}
