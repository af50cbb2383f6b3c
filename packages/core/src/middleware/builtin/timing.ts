import { Middleware } from '../../decorators/middleware.js';
import { Inject } from '../../decorators/parameters.js';
import { Logger } from '../../telemetry/logger.js';
import { Clock, SystemClock } from '../../time/clock.js';
import type { Call, Next } from '../call.js';
import type { MiddlewareHooks } from '../hooks.js';
import { checked } from './checked.js';
import { methodName, shortName } from './method-name.js';
import { Timed, TIMING_SHAPES, type TimingOptions, type TimingStatistics } from './timed.js';

/**
 * Logs how long each request took: `Request tools/call completed in 1.83ms`, or `failed after`.
 *
 * What stands outside of it is not measured. `statistics()` says the same by method, to handlers that inject it: `Timing` where the
 * class itself is listed.
 */
@Middleware({ unchecked: true, options: TIMING_SHAPES })
export class Timing implements MiddlewareHooks {
  readonly #timed: Timed;

  constructor(
    options: TimingOptions = {},
    @Inject(Clock) clock: Clock = new SystemClock(),
    @Inject(Logger) logger?: Logger,
  ) {
    this.#timed = new Timed(checked('Timing', options, TIMING_SHAPES), clock, logger);
  }

  /** How long requests have taken, by method. */
  statistics(): Readonly<Record<string, TimingStatistics>> {
    return this.#timed.statistics();
  }

  /** Measures one request. */
  onRequest(call: Call, next: Next): Promise<unknown> {
    const { method } = call;
    return this.#timed.run(next, { call, what: `Request ${shortName(method)}`, name: methodName(method) });
  }
}
