import type { CallScope } from '../di/scope.js';
import type { InjectionToken } from '../di/token.js';
import type { Era } from '../mcp/era.js';
import { LOG_LEVELS, type Params, type Peer, type RequestId } from '../mcp/message.js';
import { NotPlain, toPlain } from '../mcp/plain.js';
import type { LoggingLevel } from '../mcp/types.js';
import type { Logger } from '../telemetry/logger.js';
import { Context } from './context.js';
import type { Exchange, HttpRequestInfo } from './exchange.js';
import type { Principal } from './principal.js';

/** What a context asks of the server it belongs to. */
export interface ContextHost {
  readonly logger: Logger;
  /** Opens the scope of one message. */
  openScope(context: CallContext): CallScope;
  get<T>(token: InjectionToken<T>): T;
}

const NO_PARAMS: Params = {};
const CREDENTIALS = ['authorization', 'cookie', 'proxy-authorization'];

/** The Context of one message inside one server: a view over its exchange. */
export class CallContext extends Context {
  readonly exchange: Exchange;
  readonly method: string;
  readonly params: Params;
  readonly requestId: RequestId | undefined;
  readonly #host: ContextHost;
  #scope: CallScope | undefined;
  #logger: Logger | undefined;
  #progress = -Infinity;
  #answered = false;
  #limit: AbortController | undefined;
  #outliving: Promise<unknown> | undefined;

  constructor(
    host: ContextHost,
    exchange: Exchange,
    message: { method: string; params?: Params; id?: RequestId },
  ) {
    super();
    this.#host = host;
    this.exchange = exchange;
    this.method = message.method;
    this.params = message.params ?? NO_PARAMS;
    this.requestId = message.id;
  }

  get era(): Era {
    return this.exchange.era;
  }

  get version(): string {
    return this.exchange.version;
  }

  get client(): Peer {
    return this.exchange.peer;
  }

  get principal(): Principal | undefined {
    return this.exchange.principal;
  }

  get sessionId(): string | undefined {
    return this.exchange.session?.id;
  }

  get meta(): Params {
    const { _meta } = this.params;
    return typeof _meta === 'object' && _meta !== null ? (_meta as Params) : NO_PARAMS;
  }

  get http(): HttpRequestInfo | undefined {
    const http = this.exchange.http;
    if (!http) return undefined;
    const headers = Object.fromEntries(
      Object.entries(http.headers).filter(([name]) => !CREDENTIALS.includes(name)),
    );
    return { ...http, headers };
  }

  get signal(): AbortSignal {
    return this.#limit?.signal ?? this.exchange.signal;
  }

  /** Gives the message a signal of its own, which the returned function aborts too. */
  limit(): (reason: unknown) => void {
    const limit = new AbortController();
    this.#limit = limit;
    this.exchange.onCancel(() => {
      limit.abort(this.exchange.signal.reason);
    });
    return (reason) => {
      limit.abort(reason);
    };
  }

  /** Says that a handler is still at work when its answer leaves; its scope is closed after it. */
  outlive(running: Promise<unknown>): void {
    this.#outliving = running;
  }

  /** A handler that is still at work when its answer leaves. */
  get outliving(): Promise<unknown> | undefined {
    return this.#outliving;
  }

  get logger(): Logger {
    return (this.#logger ??= this.#host.logger.child({ requestId: this.requestId, method: this.method }));
  }

  /** The scope of this message, opened when first asked for. */
  get scope(): CallScope {
    return (this.#scope ??= this.#host.openScope(this));
  }

  /** The scope, if the message has needed one. */
  get openedScope(): CallScope | undefined {
    return this.#scope;
  }

  /** Says that the answer is known: nothing is sent after it. */
  settle(): void {
    this.#answered = true;
  }

  reportProgress(progress: number, total?: number, message?: string): Promise<void> {
    const { progressToken } = this.meta;
    if (!this.#sends || (typeof progressToken !== 'string' && typeof progressToken !== 'number'))
      return Promise.resolve();
    if (!Number.isFinite(progress) || progress <= this.#progress) return Promise.resolve();
    this.#progress = progress;
    this.exchange.notify('notifications/progress', {
      progressToken,
      progress,
      ...(total !== undefined && { total }),
      ...(message !== undefined && { message }),
    });
    return Promise.resolve();
  }

  log(level: LoggingLevel, data: unknown, logger?: string): Promise<void> {
    const least = this.exchange.logLevel;
    if (!this.#sends || least === undefined || LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(least))
      return Promise.resolve();
    this.exchange.notify('notifications/message', {
      level,
      data: sendable(data),
      ...(logger !== undefined && { logger }),
    });
    return Promise.resolve();
  }

  lifespan<T>(token: InjectionToken<T>): T {
    return this.#host.get(token);
  }

  get #sends(): boolean {
    return !this.#answered && !this.exchange.cancelled;
  }
}

/** A log message never fails a call: what JSON cannot carry is named instead. */
function sendable(data: unknown): unknown {
  try {
    return toPlain(data, 'data') ?? null;
  } catch (error) {
    if (error instanceof NotPlain) return `(${error.message})`;
    throw error;
  }
}
