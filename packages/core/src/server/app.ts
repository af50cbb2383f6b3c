import type { ContractFile } from '../contract/contract-file.js';
import type { AppContainer } from '../di/app-container.js';
import { tokenName, type InjectionToken } from '../di/token.js';
import { FrameworkError } from '../errors/framework-error.js';
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
import { Dispatcher } from '../protocol/dispatcher.js';
import { Encoder } from '../protocol/encode.js';
import type { Endpoint } from '../protocol/endpoint.js';
import { entryPointsOf, type EntryPoint } from '../protocol/entry-points.js';
import type { EntryPointKind } from '../records/entry-point-record.js';
import type { InlineComponent } from '../records/inline-component.js';
import type { MiddlewareListing } from '../records/middleware-record.js';
import type { Subscribers } from '../protocol/methods/subscribers.js';
import type { Served, Transport } from '../transports/transport.js';
import type { AppCounts } from './app-counts.js';
import type { AppParts } from './app-parts.js';
import type { Components, Selection } from './components.js';
import { drain, untilOpened } from './drain.js';
import { LocalCalls } from './local-calls.js';
import type { LocalCallOptions } from './local-exchange.js';
import type { RunOptions } from './run-options.js';
import { contextHost } from './context-host.js';
import { run } from './run.js';
import type { Stores } from './stores.js';
import { SessionScopes } from './session-scopes.js';
import type { AppState } from './app-state.js';

/** A server that has been checked and compiled; starts when it is first used, and ends with `close()`. */
export class App {
  /** Name and version, as clients see them. */
  readonly info: Implementation;
  readonly #components: Components;
  readonly #subscribers: Subscribers;
  readonly #container: AppContainer;
  readonly #endpoint: Endpoint;
  readonly #dispatcher: Dispatcher;
  readonly #scopes: SessionScopes;
  readonly #state: AppState;
  #streams = 0;
  readonly #undescribed: readonly string[];
  readonly #stores: Stores;
  readonly #contract: ContractFile;
  readonly #use: AppParts['use'];
  readonly #calls = new LocalCalls(() => this.start());
  readonly #served = new Set<Served>();
  #starting: Promise<Endpoint> | undefined;
  #started = false;
  #stopping: Promise<void> | undefined;
  #closing: Promise<void> | undefined;

  constructor(parts: AppParts) {
    const { info, logger, clock, ids, plan, wheel, container, exposeErrors } = parts;
    const scopes = new SessionScopes(plan, wheel, logger);
    const host = contextHost({ ...parts, scopes }, (message, on) =>
      dispatcher.dispatch(message, on.exchange, on),
    );
    const dispatcher = new Dispatcher(parts.methods, parts, { ...host, exposeErrors });
    this.info = info;
    this.#components = parts.components;
    this.#subscribers = parts.subscribers;
    this.#container = container;
    this.#dispatcher = dispatcher;
    this.#scopes = scopes;
    this.#state = parts.state;
    this.#undescribed = parts.undescribed;
    this.#stores = parts.stores;
    this.#contract = parts.contract;
    this.#use = parts.use;
    this.#endpoint = {
      info,
      logger,
      clock,
      ids,
      wheel,
      encoder: new Encoder({ name: info.name, version: info.version }),
      closing: () => this.#closing !== undefined,
      get: (token) => container.get(token),
      entryPoints: (kind) => entryPointsOf(kind, parts.entryPoints, host),
      streamOpened: () => {
        this.#streams++;
        return () => {
          this.#streams--;
        };
      },
      mirrored: (tool, principal) => parts.catalog.view(principal, undefined).mirrored(tool),
      dispatch: (message, exchange) => dispatcher.dispatch(message, exchange),
      stop: () => (this.#stopping ??= drain(dispatcher, { wheel, logger })),
    };
  }

  /** The methods of handler classes with a decorator that another package has made; to be called once the app has started. */
  entryPoints<R>(kind: EntryPointKind<R>): readonly EntryPoint<R>[] {
    return this.#endpoint.entryPoints(kind);
  }

  /** Opens lifespans and makes providers, in the order of their needs; once, however often it is called. */
  start(): Promise<Endpoint> {
    if (this.#closing) return Promise.reject(new FrameworkError('ERR_APP_CLOSED', {}));
    return (this.#starting ??= this.#start());
  }

  async #start(): Promise<Endpoint> {
    await this.#contract.check();
    await this.#container.open();
    this.#started = true;
    const { warning } = this.#stores;
    if (warning !== undefined) this.#endpoint.logger.warn(warning);
    return this.#endpoint;
  }

  /** Writes what clients would see into the file that `createApp` was given as `contract`; returns its path. */
  writeContract(): Promise<string> {
    return this.#contract.write();
  }

  /** Starts, and serves over a transport until closed; if the transport cannot be opened, the app is closed again. */
  async serve(transport: Transport): Promise<Served> {
    const endpoint = await this.start();
    try {
      const served = await transport.open(endpoint);
      if (!this.#closing) {
        this.#served.add(served);
        return served;
      }
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
    return run(this, options, { undescribed: this.#undescribed, stores: this.#stores });
  }

  /**
   * Stops serving, then closes what was started, in reverse order. A second call waits for the first.
   *
   * Messages that come now are refused, and what is under way is cancelled. Handlers have five seconds to end before anything they
   * use is closed; those that do not heed their `signal` are named in the log, and their callers told that the server closes.
   */
  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  /** What stands under a token; only instances of lifetime `app`, and only once started. */
  get<T>(token: InjectionToken<T>): T {
    if (!this.#started)
      throw new FrameworkError('ERR_APP_NOT_STARTED', { use: `app.get(${tokenName(token)})` });
    return this.#container.get(token);
  }

  /**
   * Adds middleware inside all that the modules list, for the messages that come from now on; clients are told where it may change
   * what they see.
   *
   * @throws {FrameworkError} what `createApp` would have said of it.
   */
  use(...listed: readonly MiddlewareListing[]): void {
    const added = this.#use(listed);
    if (
      added.some(
        ({ visible, hooks }) => visible === true || [...hooks].some((hook) => hook.startsWith('onList')),
      )
    )
      this.#components.changed();
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

  /** Tells the clients that watch a resource that its content has changed. */
  updated(uri: string): void {
    this.#components.updated(uri);
  }

  /** What the server holds at the moment, for its operators. */
  counts(): AppCounts {
    const { sessions, listening: listeners } = this.#subscribers.size;
    const { wheel } = this.#endpoint;
    return {
      requests: this.#dispatcher.underWay.size,
      sessions,
      streams: this.#streams,
      listeners,
      timers: wheel.size,
    };
  }

  /** Calls a tool inside the process, through all middleware. Protocol errors are thrown as ProtocolError. */
  async callTool(name: string, args: Params = {}, options: LocalCallOptions = {}): Promise<CallToolResult> {
    return (await this.#calls.call('tools/call', { name, arguments: args }, options)) as CallToolResult;
  }

  /** Reads a resource inside the process, through all middleware. */
  async readResource(uri: string, options: LocalCallOptions = {}): Promise<ReadResourceResult> {
    return (await this.#calls.call('resources/read', { uri }, options)) as ReadResourceResult;
  }

  /** Renders a prompt inside the process, through all middleware; arguments are strings, as on the wire. */
  async getPrompt(
    name: string,
    args: Readonly<Record<string, string>> = {},
    options: LocalCallOptions = {},
  ): Promise<GetPromptResult> {
    return (await this.#calls.call('prompts/get', { name, arguments: args }, options)) as GetPromptResult;
  }

  /** The tools one caller sees. */
  listTools(options: LocalCallOptions = {}): Promise<readonly ToolDefinition[]> {
    return this.#calls.list('tools', options);
  }

  /** The resources one caller sees. */
  listResources(options: LocalCallOptions = {}): Promise<readonly ResourceDefinition[]> {
    return this.#calls.list('resources', options);
  }

  /** The resource templates one caller sees. */
  listResourceTemplates(options: LocalCallOptions = {}): Promise<readonly ResourceTemplateDefinition[]> {
    return this.#calls.list('resourceTemplates', options);
  }

  /** The prompts one caller sees. */
  listPrompts(options: LocalCallOptions = {}): Promise<readonly PromptDefinition[]> {
    return this.#calls.list('prompts', options);
  }

  async #close(): Promise<void> {
    const { wheel, logger } = this.#endpoint;
    this.#subscribers.close();
    this.#state.close();
    this.#container.stop();
    await this.#endpoint.stop();
    const stopped = await Promise.allSettled([...this.#served].map((served) => served.close()));
    this.#served.clear();
    await this.#scopes.close();
    if (this.#starting) await untilOpened(this.#starting, { wheel, logger });
    wheel.clear();
    const [closed] = await Promise.allSettled([this.#container.close()]);
    const unserved = stopped.filter((each) => each.status === 'rejected');
    const failed = [...unserved, ...(closed.status === 'rejected' ? [closed] : [])];
    const reasons = failed.map((each) => each.reason as unknown);
    if (unserved.length > 0)
      throw new AggregateError(reasons, 'The app is closed, but not everything of it could be');
    if (reasons.length > 0) throw reasons[0];
  }
}
