import { elicit, ElicitationDeclined, type AskOptions, type ElicitResult } from '../asking/elicit.js';
import type { Elicited, ElicitType } from '../asking/elicit-form.js';
import type { Question } from '../asking/question.js';
import { sample, type SampleMessage, type SampleOptions, type SampleResult } from '../asking/sample.js';
import type { InjectionToken } from '../di/token.js';
import type { Era } from '../mcp/era.js';
import type { Params, Peer, RequestId } from '../mcp/message.js';
import type {
  CallToolResult,
  GetPromptResult,
  LoggingLevel,
  PromptDefinition,
  ReadResourceResult,
  ResourceDefinition,
  Root,
  ToolDefinition,
} from '../mcp/types.js';
import type { Logger } from '../telemetry/logger.js';
import type { HttpRequestInfo } from './exchange.js';
import { listAll } from './list-all.js';
import type { Principal } from './principal.js';

/**
 * How far a value of `setState` reaches: this message, this session, this caller, or everybody this server serves.
 *
 * On the revision without sessions `session` is the authenticated caller's, too, apart from `user`; an anonymous caller has
 * neither.
 */
export type StateScope = 'request' | 'session' | 'user' | 'server';

/** What a handler may know and do while it answers one message. */
export abstract class Context {
  /** Id of the request; undefined for a notification. */
  abstract readonly requestId: RequestId | undefined;
  /** JSON-RPC method of the message. */
  abstract readonly method: string;
  abstract readonly era: Era;
  /** Protocol revision the client speaks. */
  abstract readonly version: string;
  /** What the client says about itself: for logs and feature checks, never for security. */
  abstract readonly client: Peer;
  /** Who calls; undefined for anonymous callers. */
  abstract readonly principal: Principal | undefined;
  /** Id of the session, on the revisions that have sessions. */
  abstract readonly sessionId: string | undefined;
  /** The `_meta` the client sent with the message. */
  abstract readonly meta: Params;
  /** The HTTP request, where there is one; headers that carry credentials are left out. */
  abstract readonly http: HttpRequestInfo | undefined;
  /** Aborts when the client cancels, or where the protocol says so, disconnects. */
  abstract readonly signal: AbortSignal;
  /** The server's own log, with the request's id on each line. */
  abstract readonly logger: Logger;

  /** Tells the client how far the work is; sent only if it asked, and only if `progress` has grown. */
  abstract reportProgress(progress: number, total?: number, message?: string): Promise<void>;
  /** Sends a log message to the client, if it wants messages of that level. */
  abstract log(level: LoggingLevel, data: unknown, logger?: string): Promise<void>;
  /** What a lifespan opened under this token. */
  abstract lifespan<T>(token: InjectionToken<T>): T;
  /** The answers to questions the handler has returned with `inputRequired()`, by their keys. */
  abstract readonly inputResponses: Params | undefined;
  /** The state the handler gave along with them. */
  abstract readonly requestState: unknown;
  /**
   * Asks the client something in the protocol's own words; `elicit`, `sample` and `listRoots` are made of it.
   *
   * On 2025-11-25 and older it is a request to the client. On 2026-07-28 the handler ends here and runs again with the answer:
   * what stands before a question runs more than once, and must ask the same each time (see `once`).
   */
  abstract ask(question: Question, options?: AskOptions): Promise<unknown>;
  /**
   * Runs a step once, however often the handler runs because of its questions; its JSON result is kept.
   *
   * At least once, if a run ends before it is told to the client; with `durable` never twice, claimed in storage.
   */
  abstract once<T>(
    key: string,
    run: () => T | Promise<T>,
    options?: { readonly durable?: boolean },
  ): Promise<T>;
  /** Asks this server itself, on behalf of the same caller and through all middleware. */
  abstract call(method: string, params: Params): Promise<object>;
  /** A value of `setState`, also 0, '' and false; `default` where there is none. */
  abstract getState<T = unknown>(
    key: string,
    options?: { readonly default?: T; readonly scope?: StateScope },
  ): Promise<T | undefined>;
  /**
   * Keeps a value; JSON unless for the request only. Default scope: `session`, kept until it ends, or for a day without a change.
   *
   * @throws {StateError} where the caller has no session or no name, or keeps too much.
   */
  abstract setState(key: string, value: unknown, options?: { readonly scope?: StateScope }): Promise<void>;
  /** Forgets a value; whether there was one. */
  abstract deleteState(key: string, options?: { readonly scope?: StateScope }): Promise<boolean>;
  /** Ends the stream this message is answered on; the client comes back for the answer. Only where streams are resumable. */
  abstract closeStream(): void;

  /**
   * Asks the person: for a plain value (`String`, `Number`, `Boolean`), a `choice()`, or a flat form as a class or a Standard Schema.
   *
   * @throws {ToolError} if the client cannot ask, or its answer does not fit.
   */
  elicit<E extends ElicitType>(
    message: string,
    type: E,
    options: AskOptions = {},
  ): Promise<ElicitResult<Elicited<E>>> {
    return elicit((question, how) => this.ask(question, how), { message, type, options });
  }

  /**
   * Sends the person to a page of yours, for what must not pass through the client: a login, a payment.
   *
   * `elicitationId` names the page to clients of 2025-11-25; later revisions have no such name, and are not told of it.
   */
  async elicitUrl(
    message: string,
    of: { readonly url: string; readonly elicitationId: string },
    options: AskOptions = {},
  ): Promise<'accept' | 'decline' | 'cancel'> {
    const params = { mode: 'url', message, ...of };
    const answer = await this.ask({ method: 'elicitation/create', params, key: options.key }, options);
    return (answer as { action: 'accept' | 'decline' | 'cancel' }).action;
  }

  /** Asks the person and gives the bare value; throws ElicitationDeclined where there is none. */
  async requestElicitation<E extends ElicitType>(of: {
    readonly prompt: string;
    readonly responseType: E;
  }): Promise<Elicited<E>> {
    const result = await this.elicit(of.prompt, of.responseType);
    if (result.action === 'accept') return result.data;
    throw new ElicitationDeclined(result.action);
  }

  /** Asks the client's model, and lets it call tools until it answers. */
  sample(
    messages: SampleMessage | readonly SampleMessage[],
    options: SampleOptions = {},
  ): Promise<SampleResult> {
    return sample(
      {
        ask: (question, how) => this.ask(question, how),
        once: (key, run) => this.once(key, run),
        definition: async (name) => (await this.listTools()).find((tool) => tool.name === name),
        callTool: (name, args) => this.callTool(name, args),
      },
      messages,
      options,
    );
  }

  /** Asks the client's model; `content` is the text of its answer. */
  async requestSampling(
    of: { readonly messages: readonly SampleMessage[] } & SampleOptions,
  ): Promise<Omit<SampleResult, 'content'> & { readonly content: string }> {
    const { messages, ...options } = of;
    const result = await this.sample(messages, options);
    return { ...result, content: result.text };
  }

  /** The folders and files the client lets the server work on. */
  async listRoots(options: AskOptions = {}): Promise<readonly Root[]> {
    const answer = await this.ask({ method: 'roots/list', params: {}, key: options.key }, options);
    return (answer as { roots: readonly Root[] }).roots;
  }

  /** Calls a tool of this server. */
  callTool(name: string, args: Params = {}): Promise<CallToolResult> {
    return this.call('tools/call', { name, arguments: args }) as Promise<CallToolResult>;
  }

  /** Reads a resource of this server. */
  readResource(uri: string): Promise<ReadResourceResult> {
    return this.call('resources/read', { uri }) as Promise<ReadResourceResult>;
  }

  /** Renders a prompt of this server. */
  getPrompt(name: string, args: Readonly<Record<string, string>> = {}): Promise<GetPromptResult> {
    return this.call('prompts/get', { name, arguments: args }) as Promise<GetPromptResult>;
  }

  /** The tools of this server, as the caller sees them. */
  async listTools(): Promise<readonly ToolDefinition[]> {
    return (await listAll(
      (method, params) => this.call(method, params),
      'tools/list',
      'tools',
    )) as readonly ToolDefinition[];
  }

  /** The resources of this server, as the caller sees them. */
  async listResources(): Promise<readonly ResourceDefinition[]> {
    return (await listAll(
      (method, params) => this.call(method, params),
      'resources/list',
      'resources',
    )) as readonly ResourceDefinition[];
  }

  /** The prompts of this server, as the caller sees them. */
  async listPrompts(): Promise<readonly PromptDefinition[]> {
    return (await listAll(
      (method, params) => this.call(method, params),
      'prompts/list',
      'prompts',
    )) as readonly PromptDefinition[];
  }

  /** Sends a log message of level `debug` to the client. */
  debug(data: unknown): Promise<void> {
    return this.log('debug', data);
  }

  /** Sends a log message of level `info` to the client. */
  info(data: unknown): Promise<void> {
    return this.log('info', data);
  }

  /** Sends a log message of level `warning` to the client. */
  warning(data: unknown): Promise<void> {
    return this.log('warning', data);
  }

  /** Sends a log message of level `error` to the client. */
  error(data: unknown): Promise<void> {
    return this.log('error', data);
  }
}
