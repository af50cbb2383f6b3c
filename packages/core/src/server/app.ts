import type { ContextHost } from '../context/call-context.js';
import type { AppContainer } from '../di/app-container.js';
import type { RequestPlan } from '../di/request-plan.js';
import type { InjectionToken } from '../di/token.js';
import { FrameworkError } from '../errors/framework-error.js';
import { ProtocolError, RPC } from '../errors/protocol-error.js';
import type { Params } from '../mcp/message.js';
import type { CallToolResult, Implementation, ToolDefinition } from '../mcp/types.js';
import type { MiddlewareEntry } from '../middleware/compose.js';
import { Dispatcher } from '../protocol/dispatcher.js';
import { Encoder } from '../protocol/encode.js';
import type { Endpoint } from '../protocol/endpoint.js';
import type { Method } from '../protocol/methods/method.js';
import { TimerWheel } from '../time/timer-wheel.js';
import type { Served, Transport } from '../transports/transport.js';
import { LocalExchange, type LocalCallOptions } from './local-exchange.js';
import type { RunOptions } from './run-options.js';
import { run } from './run.js';
import { SessionScopes } from './session-scopes.js';
import type { Surroundings } from './surroundings.js';

/** What an app is put together from. */
export interface AppParts extends Surroundings {
  readonly info: Implementation;
  readonly plan: RequestPlan;
  readonly methods: readonly Method[];
  readonly middleware: readonly MiddlewareEntry[];
  readonly container: AppContainer;
  readonly exposeErrors: boolean;
}

/** A server that has been checked and compiled; starts when it is first used, and ends with `close()`. */
export class App {
  /** Name and version, as clients see them. */
  readonly info: Implementation;
  readonly #container: AppContainer;
  readonly #endpoint: Endpoint;
  readonly #scopes: SessionScopes;
  readonly #served = new Set<Served>();
  #starting: Promise<Endpoint> | undefined;
  #closing: Promise<void> | undefined;

  constructor(parts: AppParts) {
    const { info, logger, clock, ids, plan, container, exposeErrors } = parts;
    const wheel = new TimerWheel(clock);
    const scopes = new SessionScopes(plan, wheel, logger);
    const host: ContextHost = {
      logger,
      openScope: (context) => scopes.open(context),
      get: (token) => container.get(token),
    };
    const dispatcher = new Dispatcher(parts.methods, parts.middleware, { ...host, ids, exposeErrors });
    this.info = info;
    this.#container = container;
    this.#scopes = scopes;
    this.#endpoint = {
      info,
      logger,
      clock,
      ids,
      wheel,
      encoder: new Encoder(info),
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

  /** Calls a tool inside the process, through all middleware. Protocol errors are thrown as ProtocolError. */
  async callTool(name: string, args: Params = {}, options: LocalCallOptions = {}): Promise<CallToolResult> {
    return (await this.#call('tools/call', { name, arguments: args }, options)) as CallToolResult;
  }

  /** The tools one caller sees. */
  async listTools(options: LocalCallOptions = {}): Promise<readonly ToolDefinition[]> {
    const { tools } = (await this.#call('tools/list', {}, options)) as { tools: readonly ToolDefinition[] };
    return tools;
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
