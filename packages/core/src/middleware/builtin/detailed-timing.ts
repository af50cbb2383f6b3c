import { Middleware } from '../../decorators/middleware.js';
import { Inject } from '../../decorators/parameters.js';
import type { CallToolResult, GetPromptResult, ReadResourceResult } from '../../mcp/types.js';
import { Logger } from '../../telemetry/logger.js';
import { Clock, SystemClock } from '../../time/clock.js';
import type { Call, Next } from '../call.js';
import type {
  CallToolParams,
  GetPromptParams,
  ListPromptsResult,
  ListResourcesResult,
  ListResourceTemplatesResult,
  ListToolsResult,
  MiddlewareHooks,
  ReadResourceParams,
} from '../hooks.js';
import { checked } from './checked.js';
import { shortName } from './method-name.js';
import { Timed, TIMING_SHAPES, type TimingOptions, type TimingStatistics } from './timed.js';

/**
 * Logs how long each tool, resource, prompt and list took, by its name: `Tool 'forecast' completed in 1.83ms`.
 *
 * `statistics()` says the same, for handlers that inject it; a template's resources count as one.
 */
@Middleware({ unchecked: true, options: TIMING_SHAPES })
export class DetailedTiming implements MiddlewareHooks {
  readonly #timed: Timed;

  constructor(
    options: TimingOptions = {},
    @Inject(Clock) clock: Clock = new SystemClock(),
    @Inject(Logger) logger?: Logger,
  ) {
    this.#timed = new Timed(checked('DetailedTiming', options, TIMING_SHAPES), clock, logger);
  }

  /** How long each has taken, by what it is. */
  statistics(): Readonly<Record<string, TimingStatistics>> {
    return this.#timed.statistics();
  }

  onCallTool(
    call: Call<CallToolParams>,
    next: Next<CallToolParams, CallToolResult>,
  ): Promise<CallToolResult> {
    return this.#named(call, next, { kind: 'Tool', name: call.params.name });
  }

  onReadResource(
    call: Call<ReadResourceParams>,
    next: Next<ReadResourceParams, ReadResourceResult>,
  ): Promise<ReadResourceResult> {
    return this.#named(call, next, { kind: 'Resource', name: call.params.uri });
  }

  onGetPrompt(
    call: Call<GetPromptParams>,
    next: Next<GetPromptParams, GetPromptResult>,
  ): Promise<GetPromptResult> {
    return this.#named(call, next, { kind: 'Prompt', name: call.params.name });
  }

  onListTools(call: Call, next: Next<never, ListToolsResult>): Promise<ListToolsResult> {
    return this.#list('List tools', call, next);
  }

  onListResources(call: Call, next: Next<never, ListResourcesResult>): Promise<ListResourcesResult> {
    return this.#list('List resources', call, next);
  }

  onListResourceTemplates(
    call: Call,
    next: Next<never, ListResourceTemplatesResult>,
  ): Promise<ListResourceTemplatesResult> {
    return this.#list('List resource templates', call, next);
  }

  onListPrompts(call: Call, next: Next<never, ListPromptsResult>): Promise<ListPromptsResult> {
    return this.#list('List prompts', call, next);
  }

  /** Names that are no component's are made up by strangers: they are measured as one. */
  #named<R>(call: Call, next: Next<never, R>, of: { kind: string; name: string }): Promise<R> {
    const { component } = call;
    return this.#timed.run(next, {
      call,
      what: `${of.kind} '${shortName(of.name)}'`,
      name: component ? `${of.kind} '${component.id}'` : `${of.kind} (unknown)`,
    });
  }

  #list<R>(what: string, call: Call, next: Next<never, R>): Promise<R> {
    return this.#timed.run(next, { call, what, name: what });
  }
}
