export { Args, Arg, Ctx, Inject, SessionHandle } from './decorators/parameters.js';
export { Cache, NoCache } from './decorators/cache.js';
export { Complete } from './decorators/complete.js';
export { Description } from './decorators/description.js';
export { entryPoint } from './decorators/entry-point.js';
export { Icon } from './decorators/icon.js';
export { InHeader } from './decorators/in-header.js';
export { Injectable, type InjectableOptions } from './decorators/injectable.js';
export { Lifespan } from './decorators/lifespan.js';
export { McpModule } from './decorators/mcp-module.js';
export { Env, Secret } from './decorators/env.js';
export { Optional } from './decorators/optional.js';
export { Middleware, UseMiddleware } from './decorators/middleware.js';
export { OnSession } from './decorators/on-session.js';
export { parameterFrom } from './decorators/parameter-from.js';
export { Prompt } from './decorators/prompt.js';
export { Resource } from './decorators/resource.js';
export { Tool } from './decorators/tool.js';
export {
  Destructive,
  Hidden,
  Idempotent,
  Meta,
  OpenWorld,
  ReadOnly,
  Tags,
  type TraitDecorator,
} from './decorators/traits.js';

export { ConfigModule } from './config/config-module.js';
export type { ConfigClass } from './config/compile-config.js';
export type { ConfigOptions } from './config/read-config.js';

export { createApp } from './server/create-app.js';
export { bootstrap } from './server/bootstrap.js';
export { App } from './server/app.js';
export type { AppCounts } from './server/app-counts.js';
export { Components, type Selection } from './server/components.js';
export type { CreateOptions } from './server/surroundings.js';
export type { RunOptions } from './server/run-options.js';
export type { LocalCallOptions } from './server/local-exchange.js';

export { sessionTools } from './records/session-tools.js';
export {
  directoryResource,
  fileResource,
  textResource,
  urlResource,
  type ReadyMade,
} from './records/ready-made.js';

export { Changes, type ChangeListener } from './context/changes.js';
export { Context, type StateScope } from './context/context.js';
export { KeptState } from './context/kept-state.js';
export { HeldSession } from './context/held-session.js';
export { UserSession } from './context/user-session.js';
export { SessionHandles } from './context/session-handles.js';
export { currentContext } from './context/current.js';
export { choice, choices, type Choice, type Elicited, type ElicitType } from './asking/elicit-form.js';
export { ElicitationDeclined, type AskOptions, type ElicitResult } from './asking/elicit.js';
export { inputRequired, type InputRequired } from './asking/input-required.js';
export type { Question, QuestionMethod } from './asking/question.js';
export type { SampleMessage, SampleOptions, SampleResult, SampleTool } from './asking/sample.js';
export { networkOf } from './context/network-of.js';
export { Principal } from './context/principal.js';
export type { Varies } from './context/varies.js';
export { Session, type Awaiting, type Cancellable } from './context/session.js';
export { Exchange, type HttpRequestInfo } from './context/exchange.js';
export { NONE, type Outcome, type Refusal } from './context/outcome.js';

export { token, Token, type InjectionToken } from './di/token.js';
export type { Lifetime, OnClose, ScopeEnd } from './di/lifetime.js';
export type { Resolver } from './di/resolver.js';
export type {
  ClassProvider,
  ConcreteClass,
  ExistingProvider,
  FactoryProvider,
  Provider,
  ValueProvider,
} from './di/provider.js';
export type { Constructor } from './metadata/registry.js';
export type { DynamicModule, ModuleOptions, SamplingHandler, StateOptions } from './records/module-record.js';
export type { ComponentOptions } from './records/component-options.js';
export type { ArgOptions, ToolOptions } from './records/tool-record.js';
export type { PromptOptions } from './records/prompt-record.js';
export type { EntryPointKind } from './records/entry-point-record.js';
export type { TakeFromCall } from './records/from-call-record.js';
export type { ResourceOptions } from './records/resource-record.js';
export {
  prompt,
  resource,
  tool,
  type InlineComponent,
  type InlinePrompt,
  type InlineResource,
  type InlineTool,
  type Suggest,
} from './records/inline-component.js';
export type { MiddlewareListing, MiddlewareTraits } from './records/middleware-record.js';
export type { MiddlewareRole } from './middleware/doubtful-order.js';
export type { OptionShape, OptionShapes } from './records/option-shape.js';
export { use, type MiddlewareOptions, type MiddlewareUse } from './records/middleware-use.js';

export type { Call, ListEntry, Next } from './middleware/call.js';
export type {
  CallToolParams,
  CompleteParams,
  DiscoverResult,
  GetPromptParams,
  HookName,
  InitializeParams,
  InitializeResult,
  ListenParams,
  ListParams,
  ListPromptsResult,
  ListResourcesResult,
  ListResourceTemplatesResult,
  ListToolsResult,
  MiddlewareHooks,
  ReadResourceParams,
  SubscribeParams,
  SetLevelParams,
} from './middleware/hooks.js';
export type { Caching } from './components/caching.js';
export type { ComponentKind, ComponentRecord } from './components/component-record.js';
export type { Component, ComponentOf } from './components/component.js';
export type { Completer } from './components/completer.js';
export type { OnDuplicate } from './components/on-duplicate.js';
export type { Prompt as PromptComponent } from './components/prompt.js';
export type { Resource as ResourceComponent } from './components/resource.js';
export type { ResourceTemplate as ResourceTemplateComponent } from './components/resource-template.js';
export type { Tool as ToolComponent } from './components/tool.js';

export { FrameworkError } from './errors/framework-error.js';
export type { ErrorCode, ErrorDetails } from './errors/codes.js';
export { ProtocolError, RPC } from './errors/protocol-error.js';
export { ResourceNotFound } from './errors/resource-not-found.js';
export { ComponentError, PromptError, ResourceError, ToolError } from './errors/component-error.js';
export { StateError, type StateErrorCode } from './errors/state-error.js';
export { Unavailable } from './errors/unavailable.js';

export { embedded, resourceLink } from './mcp/content.js';
export type { IconSize, IconSource } from './mcp/icon.js';
export {
  audio,
  file,
  image,
  toDataUri,
  type FileBytes,
  type FilePath,
  type MediaBytes,
  type MediaPath,
} from './mcp/media.js';
export { Message, PromptResult } from './mcp/prompt-result.js';
export { ResourceResult, type ResourceContent } from './mcp/resource-result.js';
export { ToolResult } from './mcp/tool-result.js';
export type { CacheHint, CacheScope } from './mcp/cache-hint.js';
export { LEGACY_VERSIONS, META, MODERN_VERSIONS, type Era } from './mcp/era.js';
export {
  isRequest,
  isResponse,
  LOG_LEVELS,
  type Params,
  type Peer,
  type RequestId,
  type RpcMessage,
  type RpcNotification,
  type RpcRequest,
  type RpcResponse,
} from './mcp/message.js';
export { checkMessage, idOf, MAX_DEPTH, parseJson, readMessage } from './mcp/read-message.js';
export type {
  AudioContent,
  BlobResourceContents,
  Annotations,
  CallToolResult,
  ClientCapabilities,
  CompleteResult,
  ContentBlock,
  EmbeddedResource,
  CreateMessageResult,
  GetPromptResult,
  ImageContent,
  Implementation,
  LoggingLevel,
  PromptMessage,
  ReadResourceResult,
  ResourceLink,
  IconDefinition,
  PromptDefinition,
  ResourceDefinition,
  ResourceTemplateDefinition,
  Root,
  SamplingMessage,
  ServerCapabilities,
  TextResourceContents,
  ToolAnnotations,
  ToolDefinition,
} from './mcp/types.js';
export { inGroups } from './schema/in-groups.js';
export { jsonSchema } from './schema/json-schema.js';
export type {
  ClassInGroups,
  ClassOf,
  CompiledSchema,
  Issue,
  JsonSchema,
  SchemaSource,
  TypedJsonSchema,
  Validation,
  ValidationMode,
  WrittenSchema,
} from './schema/schema.js';
export type { MirroredArgument } from './schema/mirrored-arguments.js';
export type { StandardSchemaV1 } from './schema/standard-schema.js';

export {
  AtomicStore,
  type CompareOptions,
  isAtomic,
  isListable,
  KeyValueStore,
  type ListableStore,
  type SetOptions,
} from './storage/store.js';
export { storedText, storedValue } from './storage/stored-text.js';
export { atomicStore, listableStore } from './storage/abilities.js';
export { LastingStore } from './records/lasting-store.js';
export { MemoryStore } from './storage/memory-store.js';
export { Bus, type StreamBounds, type StreamEntry } from './storage/bus.js';
export { MemoryBus } from './storage/memory-bus.js';

export { Logger, type LogLevel } from './telemetry/logger.js';
export type { MessageTrace } from './telemetry/channels.js';
export { Clock, SystemClock, type Cancel } from './time/clock.js';
export { Ids, RandomIds } from './time/ids.js';
export { TimerWheel } from './time/timer-wheel.js';

export { MAX_BATCH, readBatch, type BatchItem } from './protocol/batch.js';
export { Encoder, encodeNotification } from './protocol/encode.js';
export type { EntryPoint } from './protocol/entry-points.js';
export type { Endpoint } from './protocol/endpoint.js';
export { isModern, readModern, unsupportedVersion, type ModernEnvelope } from './protocol/envelope-modern.js';
export { protocolOutcome } from './protocol/wire-error.js';
export { Connection } from './transports/connection.js';
export { inMemory, type ClientEnd } from './transports/in-memory.js';
export { bridge } from './transports/sdk-bridge.js';
export { stdio, type StdioOptions } from './transports/stdio.js';
export type { Served, Transport } from './transports/transport.js';
