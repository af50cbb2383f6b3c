import { Middleware } from '../../decorators/middleware.js';
import { PromptError, ResourceError, ToolError } from '../../errors/component-error.js';
import { ProtocolError, RPC } from '../../errors/protocol-error.js';
import type { CompleteResult, CallToolResult, GetPromptResult, ReadResourceResult } from '../../mcp/types.js';
import { demanded, MILLISECONDS, type ShapesOf } from '../../records/option-shape.js';
import { Clock, SystemClock } from '../../time/clock.js';
import { TimerWheel } from '../../time/timer-wheel.js';
import type { Call, MessageCall, Next } from '../call.js';
import { withinTime, type Deadline } from '../deadline.js';
import type {
  CallToolParams,
  CompleteParams,
  GetPromptParams,
  MiddlewareHooks,
  ReadResourceParams,
} from '../hooks.js';
import { checked } from './checked.js';

/** Options of Timeout. */
export interface TimeoutOptions {
  /** So long a handler may take. */
  readonly timeoutMs: number;
}

const SHAPES: ShapesOf<TimeoutOptions> = { timeoutMs: demanded(MILLISECONDS) };

/**
 * Answers for handlers that take too long; a tool with a `timeoutMs` of its own keeps that.
 *
 * As with that option, the handler's signal aborts, and its request scope stays open until it has heeded. What a client is asked in
 * between takes its time, too.
 */
@Middleware({ options: SHAPES })
export class Timeout implements MiddlewareHooks {
  readonly #timeoutMs: number;
  readonly #wheel: TimerWheel;

  constructor(options: TimeoutOptions, clock: Clock = new SystemClock()) {
    this.#timeoutMs = checked('Timeout', options, SHAPES).timeoutMs;
    this.#wheel = new TimerWheel(clock);
  }

  onCallTool(call: Call<CallToolParams>, next: Next<CallToolParams, CallToolResult>) {
    const { component } = call;
    if (component?.kind === 'tool' && component.timeoutMs !== undefined) return next();
    return this.#limit(call, `Tool '${call.params.name}'`, { next, late: (text) => new ToolError(text) });
  }

  onReadResource(call: Call<ReadResourceParams>, next: Next<ReadResourceParams, ReadResourceResult>) {
    return this.#limit(call, `Resource '${call.params.uri}'`, {
      next,
      late: (text) => new ResourceError(text),
    });
  }

  onGetPrompt(call: Call<GetPromptParams>, next: Next<GetPromptParams, GetPromptResult>) {
    return this.#limit(call, `Prompt '${call.params.name}'`, { next, late: (text) => new PromptError(text) });
  }

  onComplete(call: Call<CompleteParams>, next: Next<CompleteParams, CompleteResult>) {
    const late = (text: string): Error => new ProtocolError(RPC.internalError, text);
    return this.#limit(call, 'Completion', { next, late });
  }

  #limit<R>(
    call: Call,
    what: string,
    { next, late }: Pick<Deadline, 'late'> & { readonly next: Next<never, R> },
  ): R | Promise<R> {
    const { context } = call as MessageCall;
    return withinTime({ context, what }, { timeoutMs: this.#timeoutMs, wheel: this.#wheel, late }, () =>
      next(),
    );
  }
}
