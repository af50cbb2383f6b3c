import { oneOf, type ShapesOf } from '../../records/option-shape.js';
import type { Clock } from '../../time/clock.js';
import type { Logger } from '../../telemetry/logger.js';
import type { Next } from '../call.js';
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
export interface Measured<R> {
  readonly next: Next<never, R>;
  /** What the log calls it. */
  readonly what: () => string;
  /** What the statistics call it. */
  readonly name: string;
  readonly logger: () => Logger;
}

/** Measures how long messages take: a line of the log each, and statistics by name. */
export class Timed {
  readonly #level: NonNullable<TimingOptions['level']>;
  readonly #clock: Clock;
  readonly #stats = new Tally(() => ({ count: 0, failed: 0, totalMs: 0, maxMs: 0 }));

  constructor(options: TimingOptions, clock: Clock) {
    this.#level = options.level ?? 'info';
    this.#clock = clock;
  }

  /** Goes on, and says how long it took. */
  run<R>(of: Measured<R>): Promise<R> {
    const level = this.#level;
    const began = this.#clock.elapsed();
    return of.next().then(
      (result) => {
        const took = this.#took(of.name, began, 0);
        const logger = of.logger();
        if (logger.isEnabled(level)) logger[level](`${of.what()} completed in ${took.toFixed(2)}ms`);
        return result;
      },
      (error: unknown) => {
        const took = this.#took(of.name, began, 1);
        const logger = of.logger();
        if (logger.isEnabled(level))
          logger[level](`${of.what()} failed after ${took.toFixed(2)}ms: ${errorText(error)}`);
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
