import { Middleware } from '../../decorators/middleware.js';
import { Inject } from '../../decorators/parameters.js';
import { Logger } from '../../telemetry/logger.js';
import { Clock, SystemClock } from '../../time/clock.js';
import type { Call, Next } from '../call.js';
import type { MiddlewareHooks } from '../hooks.js';
import { checked } from './checked.js';
import { LoggedMessages, type LoggedEvent } from './logged-messages.js';
import { LOGGING_SHAPES, type LoggingOptions } from './logging-options.js';

/**
 * Logs when each message begins and how it ends, in words: `event=request_success method=tools/call … duration_ms=1.83`.
 *
 * Into the server's own log; `StructuredLogging` writes the same as fields. Parameters are left out unless asked for, and then cut,
 * with what sounds like a credential struck out. Of lines the log does not take nothing is put together.
 */
@Middleware({ options: LOGGING_SHAPES })
export class Logging implements MiddlewareHooks {
  readonly #messages: LoggedMessages;
  readonly #logger: Logger | undefined;

  constructor(
    options: LoggingOptions = {},
    @Inject(Clock) clock: Clock = new SystemClock(),
    @Inject(Logger) logger?: Logger,
  ) {
    this.#messages = new LoggedMessages(
      checked('Logging', options, LOGGING_SHAPES),
      clock,
      (to, level, event) => {
        to[level](inWords(event));
      },
    );
    this.#logger = logger;
  }

  /** Logs one message. */
  onMessage(call: Call, next: Next): Promise<unknown> {
    return this.#messages.run(call, next, this.#logger ?? call.context.logger);
  }
}

function inWords(event: LoggedEvent): string {
  return Object.entries(event)
    .map(([name, value]) => `${name}=${PLAIN.test(String(value)) ? value : JSON.stringify(value)}`)
    .join(' ');
}

/** A value that nobody can take for another field. */
const PLAIN = /^[\w./()-]+$/;
