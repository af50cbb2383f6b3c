import { Middleware } from '../../decorators/middleware.js';
import { Inject } from '../../decorators/parameters.js';
import { Logger } from '../../telemetry/logger.js';
import { Clock, SystemClock } from '../../time/clock.js';
import type { Call, Next } from '../call.js';
import type { MiddlewareHooks } from '../hooks.js';
import { checked } from './checked.js';
import { LoggedMessages, type LineForm, type LoggedMessage } from './logged-messages.js';
import { LOGGING_SHAPES, type LoggingOptions } from './logging-options.js';

/**
 * Logs when each message begins and how it ends, as fields: `event`, `method`, `type`, `source`, and `duration_ms` at the end.
 *
 * `event` is request_start, request_success, or request_error with `error_type` and `error`; a tool or prompt is under `name`. What
 * else holds is said of `Logging`, which writes the same in words.
 */
@Middleware({ unchecked: true, options: LOGGING_SHAPES })
export class StructuredLogging implements MiddlewareHooks {
  readonly #messages: LoggedMessages<LoggedMessage>;
  readonly #logger: Logger | undefined;

  constructor(
    options: LoggingOptions = {},
    @Inject(Clock) clock: Clock = new SystemClock(),
    @Inject(Logger) logger?: Logger,
  ) {
    this.#messages = new LoggedMessages(checked('StructuredLogging', options, LOGGING_SHAPES), clock, FIELDS);
    this.#logger = logger;
  }

  /** Logs one message. */
  onMessage(call: Call, next: Next): Promise<unknown> {
    return this.#messages.run(call, next, this.#logger ?? call.context.logger);
  }
}

const FIELDS: LineForm<LoggedMessage> = {
  describe: (message) => message,
  write: ({ logger, level }, { event, message, more }) => {
    logger[level](event, { event, ...message, ...more });
  },
};
