import { Middleware } from '../../decorators/middleware.js';
import { Inject } from '../../decorators/parameters.js';
import { Logger } from '../../telemetry/logger.js';
import { Clock, SystemClock } from '../../time/clock.js';
import type { Call, Next } from '../call.js';
import type { MiddlewareHooks } from '../hooks.js';
import { checked } from './checked.js';
import { LoggedMessages, type LineForm, type LoggedFields } from './logged-messages.js';
import { LOGGING_SHAPES, type LoggingOptions } from './logging-options.js';

/**
 * Logs when each message begins and how it ends, in words: `event=request_success method=tools/call … duration_ms=1.83`.
 *
 * Into the server's own log; `StructuredLogging` writes the same as fields. Parameters are left out unless asked for, and then cut,
 * with what sounds like a credential struck out. Of lines the log does not take nothing is put together.
 */
@Middleware({ unchecked: true, options: LOGGING_SHAPES })
export class Logging implements MiddlewareHooks {
  readonly #messages: LoggedMessages<string>;
  readonly #logger: Logger | undefined;

  constructor(
    options: LoggingOptions = {},
    @Inject(Clock) clock: Clock = new SystemClock(),
    @Inject(Logger) logger?: Logger,
  ) {
    this.#messages = new LoggedMessages(checked('Logging', options, LOGGING_SHAPES), clock, WORDS);
    this.#logger = logger;
  }

  /** Logs one message. */
  onMessage(call: Call, next: Next): Promise<unknown> {
    return this.#messages.run(call, next, this.#logger ?? call.context.logger);
  }
}

const WORDS: LineForm<string> = {
  describe: ({ method, type, source, name, requestId }) =>
    ` method=${word(method)} type=${type} source=${source}${field('name', name)}${field('requestId', requestId)}`,
  write: ({ logger, level }, { event, message, more }) => {
    logger[level](`event=${event}${message}${inWords(more)}`);
  },
};

function inWords(fields: LoggedFields): string {
  let text = '';
  for (const name in fields) text += field(name, fields[name]);
  return text;
}

function field(name: string, value: string | number | undefined): string {
  return value === undefined ? '' : ` ${name}=${word(value)}`;
}

function word(value: string | number): string | number {
  return typeof value === 'number' || PLAIN.test(value) ? value : JSON.stringify(value);
}

/** A value that nobody can take for another field. */
const PLAIN = /^[\w./()-]+$/;
