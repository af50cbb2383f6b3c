import { oneOf, type ShapesOf } from '../../records/option-shape.js';
import type { Clock } from '../../time/clock.js';
import type { Logger } from '../../telemetry/logger.js';
import type { Call, Next } from '../call.js';
import { errorText } from './error-type.js';
import { Tally } from './tally.js';

/** What has been measured of one name, in milliseconds. */
export interface TimingStatistics {
  readonly count: number;
  readonly failed: number;
  readonly meanMs: number;
  readonly maxMs: number;
}

/** Options of Timing and DetailedTiming. */
export interface TimingOptions {
  /** Severity of its lines. Default: `info`. */
  readonly level?: 'debug' | 'info' | 'warn';
}

/** What the options of both have to be. */
export const TIMING_SHAPES: ShapesOf<TimingOptions> = { level: oneOf('debug', 'info', 'warn') };

/** What is measured. */
export interface Measured {
  readonly call: Call;
  /** What the log calls it. */
  readonly what: string;
  /** What the statistics call it. */
  readonly name: string;
}

/** Measures how long messages take: a line of the log each, and statistics by name. */
export class Timed {
  readonly #level: NonNullable<TimingOptions['level']>;
  readonly #clock: Clock;
  readonly #logger: Logger | undefined;
  readonly #stats = new Tally(() => ({ count: 0, failed: 0, totalMs: 0, maxMs: 0 }));

  constructor(options: TimingOptions, clock: Clock, logger: Logger | undefined) {
    this.#level = options.level ?? 'info';
    this.#clock = clock;
    this.#logger = logger;
  }

  /** Goes on, and says how long it took. */
  run<R>(next: Next<never, R>, of: Measured): Promise<R> {
    const began = this.#clock.elapsed();
    return next().then(
      (result) => {
        const took = this.#took(of.name, began, 0);
        this.#taker(of)?.[this.#level](`${of.what} completed in ${took.toFixed(2)}ms`);
        return result;
      },
      (error: unknown) => {
        const took = this.#took(of.name, began, 1);
        this.#taker(of)?.[this.#level](`${of.what} failed after ${took.toFixed(2)}ms: ${errorText(error)}`);
        throw error;
      },
    );
  }

  /** What has been measured so far, by name. */
  statistics(): Readonly<Record<string, TimingStatistics>> {
    return Object.fromEntries(
      this.#stats
        .entries()
        .map(([name, { count, failed, totalMs, maxMs }]) => [
          name,
          { count, failed, meanMs: totalMs / count, maxMs },
        ]),
    );
  }

  /** The log, if it takes the line: for one that does not, none is put together. */
  #taker({ call }: Measured): Logger | undefined {
    const logger = this.#logger ?? call.context.logger;
    return logger.isEnabled(this.#level) ? logger : undefined;
  }

  #took(name: string, began: number, failed: 0 | 1): number {
    const took = this.#clock.elapsed() - began;
    const of = this.#stats.of(name);
    of.count++;
    of.failed += failed;
    of.totalMs += took;
    of.maxMs = Math.max(of.maxMs, took);
    return took;
  }
}
