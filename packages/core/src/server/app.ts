import type { ContextHost } from '../context/call-context.js';
import type { AppContainer } from '../di/app-container.js';
import type { RequestPlan } from '../di/request-plan.js';
import type { InjectionToken } from '../di/token.js';
import { FrameworkError } from '../errors/framework-error.js';
import { ProtocolError, RPC } from '../errors/protocol-error.js';
import type { Params } from '../mcp/message.js';
import type {
  CallToolResult,
  GetPromptResult,
  Implementation,
  PromptDefinition,
  ReadResourceResult,
  ResourceDefinition,
  ResourceTemplateDefinition,
  ToolDefinition,
} from '../mcp/types.js';
import type { MiddlewareEntry } from '../middleware/compose.js';
import { Dispatcher } from '../protocol/dispatcher.js';
import { Encoder } from '../protocol/encode.js';
import type { Endpoint } from '../protocol/endpoint.js';
import type { Method } from '../protocol/methods/method.js';
import type { InlineComponent } from '../records/inline-component.js';
import type { TimerWheel } from '../time/timer-wheel.js';
import type { Served, Transport } from '../transports/transport.js';
import type { Components, Selection } from './components.js';
import { LocalExchange, type LocalCallOptions } from './local-exchange.js';
import type { RunOptions } from './run-options.js';
import { run } from './run.js';
import { SessionScopes } from './session-scopes.js';
import type { Surroundings } from './surroundings.js';

/** What an app is put together from. */
export interface AppParts extends Surroundings {
  readonly info: Implementation;
  readonly plan: RequestPlan;
  readonly wheel: TimerWheel;
  readonly components: Components;
  readonly methods: readonly Method[];
  readonly middleware: readonly MiddlewareEntry[];
  readonly container: AppContainer;
  readonly exposeErrors: boolean;
}

/** A server that has been checked and compiled; starts when it is first used, and ends with `close()`. */
export class App {
  /** Name and version, as clients see them. */
  readonly info: Implementation;
  readonly #components: Components;
  readonly #container: AppContainer;
  readonly #endpoint: Endpoint;
  readonly #scopes: SessionScopes;
  readonly #served = new Set<Served>();
  #starting: Promise<Endpoint> | undefined;
  #closing: Promise<void> | undefined;

  constructor(parts: AppParts) {
    const { info, logger, clock, ids, plan, wheel, container, exposeErrors } = parts;
    const scopes = new SessionScopes(plan, wheel, logger);
    const host: ContextHost = {
      logger,
      openScope: (context) => scopes.open(context),
      get: (token) => container.get(token),
    };
    const dispatcher = new Dispatcher(parts.methods, parts.middleware, { ...host, ids, exposeErrors });
    this.info = info;
    this.#components = parts.components;
    this.#container = container;
    this.#scopes = scopes;
    this.#endpoint = {
      info,
      logger,
      clock,
      ids,
      wheel,
      encoder: new Encoder({ name: info.name, version: info.version }),
      dispatch: (message, exchange) => dispatcher.dispatch(message, exchange),
    };
  }

  /** Opens lifespans and makes providers, in the order of their needs; once, however often it is called. */
  start(): Promise<Endpoint> {
    if (this.#closing) return Promise.reject(new FrameworkError('ERR_APP_CLOSED', {}));
    return (this.#starting ??= this.#container.open().then(() => this.#endpoint));
  }

  /** Starts, and serves over a transport until closed; if the transport cannot be opened, the app is closed again. */
  async serve(transport: Transport): Promise<Served> {
    const endpoint = await this.start();
    try {
      const served = await transport.open(endpoint);
      this.#served.add(served);
      if (!this.#closing) return served;
      await served.close();
      throw new FrameworkError('ERR_APP_CLOSED', {});
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /**
   * Runs as the program: flags on the command line, signals to an orderly end. Resolves when the server has ended.
   *
   * `--transport http --port 8000 --host … --path …` win over the options given here.
   */
  run(options: RunOptions = {}): Promise<void> {
    return run(this, options);
  }

  /** Stops serving, then closes what was started, in reverse order. A second call waits for the first. */
  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  /** What stands under a token; only instances of lifetime `app`, and only once started. */
  get<T>(token: InjectionToken<T>): T {
    return this.#container.get(token);
  }

  /** Adds components without a class, made by `tool()`, `resource()` or `prompt()`; clients are told. */
  add(...components: readonly InlineComponent[]): void {
    this.#components.add(...components);
  }

  /** Removes components; returns how many. */
  remove(selection: Selection): number {
    return this.#components.remove(selection);
  }

  /** Offers components that were disabled; returns how many. */
  enable(selection: Selection): number {
    return this.#components.enable(selection);
  }

  /** Hides components from every list and every call; returns how many. */
  disable(selection: Selection): number {
    return this.#components.disable(selection);
  }

  /** Calls a tool inside the process, through all middleware. Protocol errors are thrown as ProtocolError. */
  async callTool(name: string, args: Params = {}, options: LocalCallOptions = {}): Promise<CallToolResult> {
    return (await this.#call('tools/call', { name, arguments: args }, options)) as CallToolResult;
  }

  /** Reads a resource inside the process, through all middleware. */
  async readResource(uri: string, options: LocalCallOptions = {}): Promise<ReadResourceResult> {
    return (await this.#call('resources/read', { uri }, options)) as ReadResourceResult;
  }

  /** Renders a prompt inside the process, through all middleware; arguments are strings, as on the wire. */
  async getPrompt(
    name: string,
    args: Readonly<Record<string, string>> = {},
    options: LocalCallOptions = {},
  ): Promise<GetPromptResult> {
    return (await this.#call('prompts/get', { name, arguments: args }, options)) as GetPromptResult;
  }

  /** The tools one caller sees. */
  async listTools(options: LocalCallOptions = {}): Promise<readonly ToolDefinition[]> {
    return (await this.#list('tools/list', 'tools', options)) as readonly ToolDefinition[];
  }

  /** The resources one caller sees. */
  async listResources(options: LocalCallOptions = {}): Promise<readonly ResourceDefinition[]> {
    return (await this.#list('resources/list', 'resources', options)) as readonly ResourceDefinition[];
  }

  /** The resource templates one caller sees. */
  async listResourceTemplates(
    options: LocalCallOptions = {},
  ): Promise<readonly ResourceTemplateDefinition[]> {
    const templates = await this.#list('resources/templates/list', 'resourceTemplates', options);
    return templates as readonly ResourceTemplateDefinition[];
  }

  /** The prompts one caller sees. */
  async listPrompts(options: LocalCallOptions = {}): Promise<readonly PromptDefinition[]> {
    return (await this.#list('prompts/list', 'prompts', options)) as readonly PromptDefinition[];
  }

  /** A list from its first page to its last. */
  async #list(method: string, field: string, options: LocalCallOptions): Promise<readonly unknown[]> {
    const all: unknown[] = [];
    let cursor: unknown;
    do {
      const page = (await this.#call(method, cursor === undefined ? {} : { cursor }, options)) as Params;
      all.push(...(page[field] as readonly unknown[]));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return all;
  }

  async #call(method: string, params: Params, options: LocalCallOptions): Promise<object> {
    const endpoint = await this.start();
    const exchange = new LocalExchange(options);
    const outcome = await endpoint.dispatch(
      { jsonrpc: '2.0', id: endpoint.ids.secret(), method, params },
      exchange,
    );
    exchange.done();
    switch (outcome.is) {
      case 'result':
        return outcome.value;
      case 'json':
        return JSON.parse(outcome.text) as object;
      case 'error':
        throw new ProtocolError(outcome.code, outcome.message, outcome.data);
      case 'none':
        throw new ProtocolError(RPC.internalError, `${method} was cancelled`);
    }
  }

  async #close(): Promise<void> {
    const starting = this.#starting;
    const stopped = await Promise.allSettled([...this.#served].map((served) => served.close()));
    this.#served.clear();
    await this.#scopes.close();
    this.#endpoint.wheel.clear();
    // An app that failed to start has closed what it opened.
    const started = await starting?.then(
      () => true,
      () => false,
    );
    if (started) await this.#container.close();
    const failed = stopped.filter((each) => each.status === 'rejected').map((each) => each.reason as unknown);
    if (failed.length > 0)
      throw new AggregateError(failed, 'The app is closed, but a transport could not be');
  }
}
