import { Middleware } from '../../decorators/middleware.js';
import { Inject } from '../../decorators/parameters.js';
import { Unavailable } from '../../errors/unavailable.js';
import type { CompleteResult, CallToolResult, GetPromptResult, ReadResourceResult } from '../../mcp/types.js';
import {
  FLAG,
  FUNCTION,
  isText,
  MILLISECONDS,
  number,
  shape,
  type ShapesOf,
} from '../../records/option-shape.js';
import { Clock, SystemClock } from '../../time/clock.js';
import type { Call, MessageCall, Next } from '../call.js';
import type {
  CallToolParams,
  CompleteParams,
  GetPromptParams,
  MiddlewareHooks,
  ReadResourceParams,
} from '../hooks.js';
import { causesOf } from './causes-of.js';
import { checked } from './checked.js';
import { pause } from './pause.js';
import { isTooLate, isUnreachable } from './worlds-fault.js';

/** Options of Retry. */
export interface RetryOptions {
  /** How often it tries again. Default: 3. */
  readonly maxRetries?: number;
  /** How long it waits before it tries again the first time, in milliseconds. Default: 1000. */
  readonly baseDelayMs?: number;
  /** How many times longer each wait is than the one before. Default: 2. */
  readonly backoffMultiplier?: number;
  /** How long it waits at most. What asks for a longer wait is not tried again. Default: 60000. */
  readonly maxDelayMs?: number;
  /** Whether waits are made shorter by chance, by up to half, so that many do not come back at once. Default: true. */
  readonly jitter?: boolean;
  /** Whether an error is worth another try, in place of: the world is at fault. */
  readonly retryOn?: (error: unknown) => boolean;
  /** Tools that may be called again although they do not say so of themselves; `all`: every one. Default: none. */
  readonly tools?: 'all' | readonly string[];
}

const SHAPES: ShapesOf<RetryOptions> = {
  maxRetries: number('a whole number, at least 0', (value) => Number.isSafeInteger(value) && value >= 0),
  baseDelayMs: MILLISECONDS,
  backoffMultiplier: number('a number, at least 1', (value) => value >= 1 && Number.isFinite(value)),
  maxDelayMs: MILLISECONDS,
  jitter: FLAG,
  retryOn: FUNCTION,
  tools: shape(
    '"all", or a list of names',
    (value) => value === 'all' || (Array.isArray(value) && value.every(isText)),
  ),
};

/** What a Retry has done so far. */
export interface RetryStatistics {
  /** How often it has tried again. */
  readonly retries: number;
  /** Calls that went well in the end. */
  readonly recovered: number;
  /** Calls it has given up, after as many tries as it may make. */
  readonly exhausted: number;
}

/**
 * Runs a handler again where it has failed and the world is at fault.
 *
 * That is: where it has thrown `Unavailable`, a connection was not made or did not last, or something took too long, also as the
 * cause of something else. It waits longer each time, and at least as long as `Unavailable` says.
 *
 * Resources, prompts and completions are tried again; tools only where they say of themselves that they are read-only or idempotent,
 * or are named in `tools`. What has asked the client something or has kept a step with `ctx.once()` is not, and nothing is once its
 * client has gone. All tries are one message: the same Context, the same instances of lifetime `request`.
 *
 * What Timeout or a tool's own `timeoutMs` has ended is not tried again: its handler may still be at work, and has been told to stop.
 * Listed before Retry, Timeout bounds all tries and the waits between them; behind it, it bounds each try.
 *
 * `statistics()` is there for handlers that inject it: `const retry = use(Retry, { … })`, then `@Inject(retry.token) retry: Retry`.
 */
@Middleware({ role: 'retry', options: SHAPES })
export class Retry implements MiddlewareHooks {
  readonly #options: RetryOptions;
  readonly #clock: Clock;
  readonly #tools: ReadonlySet<string> | 'all';
  #retries = 0;
  #recovered = 0;
  #exhausted = 0;

  constructor(options: RetryOptions = {}, @Inject(Clock) clock: Clock = new SystemClock()) {
    this.#options = checked('Retry', options, SHAPES);
    this.#clock = clock;
    this.#tools = options.tools === 'all' ? 'all' : new Set(options.tools);
  }

  /** What it has done so far. */
  statistics(): RetryStatistics {
    return { retries: this.#retries, recovered: this.#recovered, exhausted: this.#exhausted };
  }

  onCallTool(
    call: Call<CallToolParams>,
    next: Next<CallToolParams, CallToolResult>,
  ): Promise<CallToolResult> {
    return this.#mayRepeat(call) ? this.#run(call, next) : next();
  }

  onReadResource(
    call: Call<ReadResourceParams>,
    next: Next<ReadResourceParams, ReadResourceResult>,
  ): Promise<ReadResourceResult> {
    return this.#run(call, next);
  }

  onGetPrompt(
    call: Call<GetPromptParams>,
    next: Next<GetPromptParams, GetPromptResult>,
  ): Promise<GetPromptResult> {
    return this.#run(call, next);
  }

  onComplete(
    call: Call<CompleteParams>,
    next: Next<CompleteParams, CompleteResult>,
  ): Promise<CompleteResult> {
    return this.#run(call, next);
  }

  #mayRepeat({ component, params }: Call<CallToolParams>): boolean {
    if (this.#tools === 'all' || this.#tools.has(params.name)) return true;
    if (component?.kind !== 'tool') return false;
    const { readOnlyHint, idempotentHint } = component.definition.annotations ?? {};
    return readOnlyHint === true || idempotentHint === true;
  }

  #run<R>(call: Call, next: Next<never, R>): Promise<R> {
    return next().catch((error: unknown) => this.#again(call, next, error));
  }

  async #again<R>(call: Call, next: Next<never, R>, first: unknown): Promise<R> {
    let error = first;
    for (let tried = 0; this.#isWorth(error, call); tried++) {
      const waitMs = this.#waitMs(error, tried);
      if (waitMs === undefined) {
        this.#exhausted++;
        break;
      }
      if (!(await pause(waitMs, this.#clock, call.context.signal))) break;
      this.#retries++;
      try {
        const result = await next();
        this.#recovered++;
        return result;
      } catch (again) {
        error = again;
      }
    }
    throw error;
  }

  #isWorth(error: unknown, call: Call): boolean {
    const { context } = call as MessageCall;
    if (context.exchange.cancelled || context.dialogue) return false;
    return this.#options.retryOn?.(error) ?? (isUnreachable(error) || isTooLate(error));
  }

  /** Undefined: it has been tried often enough, or would have to wait too long. */
  #waitMs(error: unknown, tried: number): number | undefined {
    const { maxRetries = 3, baseDelayMs = 1000, backoffMultiplier = 2, maxDelayMs = 60_000 } = this.#options;
    const asked = Math.max(
      0,
      ...causesOf(error).map((each) => (Unavailable.is(each) ? each.retryAfterMs : 0)),
    );
    if (tried >= maxRetries || asked > maxDelayMs) return undefined;
    const waitMs = Math.min(maxDelayMs, baseDelayMs * backoffMultiplier ** tried);
    const { jitter = true } = this.#options;
    return Math.max(asked, jitter ? waitMs * (1 - Math.random() / 2) : waitMs);
  }
}
