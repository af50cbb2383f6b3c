import type { InjectionToken } from '../di/token.js';
import type { Era } from '../mcp/era.js';
import type { Params, Peer, RequestId } from '../mcp/message.js';
import type { LoggingLevel } from '../mcp/types.js';
import type { Logger } from '../telemetry/logger.js';
import type { HttpRequestInfo } from './exchange.js';
import type { Principal } from './principal.js';

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
