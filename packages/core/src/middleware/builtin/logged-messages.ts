import { ComponentError } from '../../errors/component-error.js';
import { ProtocolError } from '../../errors/protocol-error.js';
import type { Params } from '../../mcp/message.js';
import type { Logger } from '../../telemetry/logger.js';
import type { Clock } from '../../time/clock.js';
import type { Call, Next } from '../call.js';
import { cut } from './cut.js';
import { errorText, errorType } from './error-type.js';
import type { LoggingOptions } from './logging-options.js';
import { shortName } from './method-name.js';
import { payloadLength, payloadText } from './payload-text.js';

/** Characters a token has, about. */
const PER_TOKEN = 4;

/** What a line says, field by field. */
export type LoggedEvent = Readonly<Record<string, string | number>>;

/** Severities of the lines. */
export type LoggedLevel = 'debug' | 'info' | 'warn' | 'error';

/** Says when messages begin and how they end; how it is written is for others to say. */
export class LoggedMessages {
  readonly #options: LoggingOptions;
  readonly #level: LoggedLevel;
  readonly #methods: ReadonlySet<string> | undefined;
  readonly #redact: ReadonlySet<string>;
  readonly #clock: Clock;
  readonly #write: (logger: Logger, level: LoggedLevel, event: LoggedEvent) => void;

  constructor(
    options: LoggingOptions,
    clock: Clock,
    write: (logger: Logger, level: LoggedLevel, event: LoggedEvent) => void,
  ) {
    this.#options = options;
    this.#level = options.level ?? 'info';
    this.#methods = options.methods && new Set(options.methods);
    this.#redact = new Set(options.redact?.map((name) => name.toLowerCase()));
    this.#clock = clock;
    this.#write = write;
  }

  /** Goes on, with a line before it and one after it; of what the log does not take nothing is put together. */
  run(call: Call, next: Next, logger: Logger): Promise<unknown> {
    if (this.#methods?.has(call.method) === false || !logger.isEnabled('error')) return next();
    const began = this.#clock.elapsed();
    const failed = (error: unknown): never => {
      this.#failed(call, { error, began, logger });
      throw error;
    };
    const level = this.#level;
    if (!logger.isEnabled(level)) return next().catch(failed);
    this.#write(logger, level, { event: 'request_start', ...of(call), ...this.#payload(call) });
    return next().then((result) => {
      this.#write(logger, level, { event: 'request_success', ...of(call), ...this.#since(began) });
      return result as unknown;
    }, failed);
  }

  #failed(
    call: Call,
    end: { readonly error: unknown; readonly began: number; readonly logger: Logger },
  ): void {
    const { error, began, logger } = end;
    const level = ProtocolError.is(error) || ComponentError.is(error) ? 'warn' : 'error';
    if (!logger.isEnabled(level)) return;
    const what = { error_type: errorType(error), error: errorText(error) };
    this.#write(logger, level, { event: 'request_error', ...of(call), ...this.#since(began), ...what });
  }

  #since(began: number): LoggedEvent {
    return { duration_ms: Math.round((this.#clock.elapsed() - began) * 100) / 100 };
  }

  #payload({ params }: Call): LoggedEvent {
    const { includePayloads, includePayloadLength, estimatePayloadTokens } = this.#options;
    const length =
      includePayloadLength || estimatePayloadTokens ? payloadLength(params as Params) : undefined;
    return {
      ...(includePayloads && { payload: this.#text(params as Params) }),
      ...(includePayloadLength && length !== undefined && { payload_length: length }),
      ...(estimatePayloadTokens && length !== undefined && { payload_tokens: Math.ceil(length / PER_TOKEN) }),
    };
  }

  #text(params: Params): string {
    const { maxPayloadLength: maxLength = 1000, payloadSerializer } = this.#options;
    const limits = { maxLength, redact: this.#redact };
    if (!payloadSerializer) return payloadText(params, limits);
    try {
      return cut(payloadSerializer(params), maxLength);
    } catch (error) {
      return `[payloadSerializer: ${errorText(error)}]`;
    }
  }
}

/** What every line says of its message. */
function of({ method, params, context }: Call): LoggedEvent {
  const { requestId } = context;
  const { name } = params as { name?: unknown };
  return {
    method: shortName(method),
    type: requestId === undefined ? 'notification' : 'request',
    source: 'client',
    ...(typeof name === 'string' && { name: shortName(name) }),
    ...(requestId !== undefined && {
      requestId: typeof requestId === 'string' ? shortName(requestId) : requestId,
    }),
  };
}
