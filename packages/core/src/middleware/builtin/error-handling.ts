import { Middleware } from '../../decorators/middleware.js';
import { Inject } from '../../decorators/parameters.js';
import { ComponentError } from '../../errors/component-error.js';
import { ProtocolError } from '../../errors/protocol-error.js';
import { FLAG, FUNCTION, shape, type ShapesOf } from '../../records/option-shape.js';
import { Logger } from '../../telemetry/logger.js';
import type { Call, MessageCall, Next } from '../call.js';
import type { MiddlewareHooks } from '../hooks.js';
import { checked } from './checked.js';
import { codedError } from './coded-error.js';
import { errorText, errorType } from './error-type.js';
import { methodName, shortName } from './method-name.js';
import { Tally } from './tally.js';

/** Options of ErrorHandling. */
export interface ErrorHandlingOptions {
  /**
   * Whether what is thrown is answered with the code of its type. Or a function that gives the error to be thrown instead, and
   * undefined where the table below decides. Default: true.
   */
  readonly transformErrors?: boolean | ((error: unknown, call: Call) => unknown);
  /** Is told of every error, as it was thrown. What it throws itself is logged, and changes nothing. */
  readonly errorCallback?: (error: unknown, call: Call) => unknown;
  /** Whether the log has the stack of each error, too. Default: false. */
  readonly includeTraceback?: boolean;
}

const SHAPES: ShapesOf<ErrorHandlingOptions> = {
  transformErrors: shape(
    'true or false, or a function',
    (value) => typeof value === 'boolean' || typeof value === 'function',
  ),
  errorCallback: FUNCTION,
  includeTraceback: FLAG,
};

/**
 * Answers what is thrown behind it with the code of its type, logs it, and counts it. Belongs outermost.
 *
 * | thrown, or the cause of what is thrown                                     | code, and what the client reads        |
 * | -------------------------------------------------------------------------- | -------------------------------------- |
 * | ENOENT, NotFoundError                                                      | 404 Not found; -32002 for resources    |
 * | EACCES, EPERM, ForbiddenError, PermissionError                             | 403 Permission denied                  |
 * | ETIMEDOUT, TimeoutError, AbortError                                        | 504 Request timeout                    |
 * | TypeError, RangeError, ValidationError, where no connection is the cause   | -32602 Invalid params                  |
 *
 * The type decides the code and nothing else: the text of the error goes to the log, with the reference that the client is given,
 * unless the module says `expose: 'errors'`. Everything else stays as it was thrown: ToolError and its kin, ProtocolError and
 * Unavailable say themselves what clients read, and what has no row in the table is masked as without this class. A tool's error
 * with a code is an answer for programs; throw a ToolError for what the model should read.
 *
 * `getErrorStats()` is there for handlers that inject it: `const errors = use(ErrorHandling)`, then
 * `@Inject(errors.token) errors: ErrorHandling`.
 */
@Middleware({ role: 'errors', unchecked: true, options: SHAPES })
export class ErrorHandling implements MiddlewareHooks {
  readonly #options: ErrorHandlingOptions;
  readonly #logger: Logger | undefined;
  readonly #stats = new Tally(() => ({ count: 0 }));

  constructor(options: ErrorHandlingOptions = {}, @Inject(Logger) logger?: Logger) {
    this.#options = checked('ErrorHandling', options, SHAPES);
    this.#logger = logger;
  }

  /** How many errors there were, by `Type:method`. */
  getErrorStats(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#stats.entries().map(([name, { count }]) => [name, count]));
  }

  /** Takes what is thrown behind it. */
  onMessage(call: Call, next: Next): Promise<unknown> {
    return next().catch((error: unknown) => {
      throw (call as MessageCall).context.exchange.cancelled ? error : this.#taken(error, call);
    });
  }

  #taken(error: unknown, call: Call): unknown {
    this.#stats.of(`${errorType(error)}:${methodName(call.method)}`).count++;
    this.#log(error, call);
    this.#tell(error, call);
    return this.#transformed(error, call);
  }

  #log(error: unknown, { context, method }: Call): void {
    const text = `Error in ${shortName(method)}: ${errorType(error)}: ${errorText(error)}`;
    const err = this.#options.includeTraceback ? { err: error } : {};
    const fields = { requestId: context.requestId, ...err };
    const logger = this.#logger ?? context.logger;
    if (ProtocolError.is(error) || ComponentError.is(error)) logger.warn(text, fields);
    else logger.error(text, fields);
  }

  #tell(error: unknown, call: Call): void {
    const { errorCallback } = this.#options;
    if (!errorCallback) return;
    const failed = (err: unknown): void => {
      (this.#logger ?? call.context.logger).error('ErrorHandling: errorCallback failed', { err });
    };
    try {
      Promise.resolve(errorCallback(error, call)).catch(failed);
    } catch (err) {
      failed(err);
    }
  }

  #transformed(error: unknown, call: Call): unknown {
    const { transformErrors = true } = this.#options;
    if (transformErrors === false) return error;
    if (typeof transformErrors === 'function') {
      try {
        const own = transformErrors(error, call);
        if (own !== undefined) return own;
      } catch (err) {
        (this.#logger ?? call.context.logger).error('ErrorHandling: transformErrors failed', { err });
      }
    }
    return codedError(error, call.method);
  }
}
