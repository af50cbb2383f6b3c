import type { CallContext } from '../../context/call-context.js';
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
export type LoggedFields = Readonly<Record<string, string | number>>;

/** What every line says of its message. */
export interface LoggedMessage {
  readonly method: string;
  readonly type: 'request' | 'notification';
  readonly source: 'client' | 'server';
  /** Of the tool or prompt. */
  readonly name: string | undefined;
  readonly requestId: string | number | undefined;
}

/** Severities of the lines. */
export type LoggedLevel = 'debug' | 'info' | 'warn' | 'error';

/** How lines are written: what all lines of a message say is put together once. */
export interface LineForm<M> {
  readonly describe: (message: LoggedMessage) => M;
  readonly write: (to: { readonly logger: Logger; readonly level: LoggedLevel }, line: Line<M>) => void;
}

/** One line. */
export interface Line<M> {
  readonly event: 'request_start' | 'request_success' | 'request_error';
  readonly message: M;
  readonly more: LoggedFields;
}

/** Says when messages begin and how they end; how it is written is for others to say. */
export class LoggedMessages<M> {
  readonly #options: LoggingOptions;
  readonly #level: LoggedLevel;
  readonly #methods: ReadonlySet<string> | undefined;
  readonly #redact: ReadonlySet<string>;
  readonly #clock: Clock;
  readonly #form: LineForm<M>;

  constructor(options: LoggingOptions, clock: Clock, form: LineForm<M>) {
    this.#options = options;
    this.#level = options.level ?? 'info';
    this.#methods = options.methods && new Set(options.methods);
    this.#redact = new Set(options.redact?.map((name) => name.toLowerCase()));
    this.#clock = clock;
    this.#form = form;
  }

  /** Goes on, with a line before it and one after it; of what the log does not take nothing is put together. */
  run(call: Call, next: Next, logger: Logger): Promise<unknown> {
    if (this.#methods?.has(call.method) === false || !logger.isEnabled('error')) return next();
    const began = this.#clock.elapsed();
    const level = this.#level;
    if (!logger.isEnabled(level))
      return next().catch((error: unknown) => this.#failed({ call, error, began, logger }));
    const message = this.#form.describe(messageOf(call));
    const to = { logger, level };
    this.#form.write(to, { event: 'request_start', message, more: this.#payload(call) });
    return next().then(
      (result) => {
        this.#form.write(to, {
          event: 'request_success',
          message,
          more: { duration_ms: this.#since(began) },
        });
        return result as unknown;
      },
      (error: unknown) => this.#failed({ call, error, began, logger }),
    );
  }

  #failed(of: {
    readonly call: Call;
    readonly error: unknown;
    readonly began: number;
    logger: Logger;
  }): never {
    const { call, error, logger } = of;
    const level = ProtocolError.is(error) || ComponentError.is(error) ? 'warn' : 'error';
    if (logger.isEnabled(level)) {
      const said = { error_type: errorType(error), error: errorText(error) };
      const more = { duration_ms: this.#since(of.began), ...said };
      const message = this.#form.describe(messageOf(call));
      this.#form.write({ logger, level }, { event: 'request_error', message, more });
    }
    throw error;
  }

  #since(began: number): number {
    return Math.round((this.#clock.elapsed() - began) * 100) / 100;
  }

  #payload({ params }: Call): LoggedFields {
    const { includePayloads, includePayloadLength, estimatePayloadTokens } = this.#options;
    if (!includePayloads && !includePayloadLength && !estimatePayloadTokens) return NOTHING;
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
    if (!payloadSerializer) return payloadText(params, { maxLength, redact: this.#redact });
    try {
      return cut(payloadSerializer(params), maxLength);
    } catch (error) {
      return `[payloadSerializer: ${errorText(error)}]`;
    }
  }
}

const NOTHING: LoggedFields = {};

function messageOf({ method, params, context }: Call): LoggedMessage {
  const { requestId } = context;
  const { name } = params as { name?: unknown };
  return {
    method: shortName(method),
    type: requestId === undefined ? 'notification' : 'request',
    // What a handler asks of its own server comes from there.
    source: (context as CallContext).depth > 0 ? 'server' : 'client',
    name: typeof name === 'string' ? shortName(name) : undefined,
    requestId: typeof requestId === 'string' ? shortName(requestId) : requestId,
  };
}
