import type { Provider } from '../di/provider.js';
import type { Resolver } from '../di/resolver.js';
import type { OptionShape } from '../records/option-shape.js';
import { type Logger, type LogLevel } from '../telemetry/logger.js';
import { PinoLogger } from '../telemetry/pino-logger.js';
import { SystemClock, type Clock } from '../time/clock.js';
import { TimerWheel } from '../time/timer-wheel.js';
import { RandomIds, type Ids } from '../time/ids.js';

/** What an app is given in place of what it would have made or asked for itself. */
export interface CreateOptions {
  /** Providers that stand in for those of the same token; a lifespan is not opened where they do for all that it opens. */
  readonly override?: readonly Provider[];
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly logger?: Logger;
  /**
   * The file that says what clients see of the server, which does not start where that is something else. Running the
   * program with `--write-contract` writes it. Relative paths begin at the package.json of the program.
   */
  readonly contract?: string | URL;
  /** A container the application has already: asked for what no module provides. */
  readonly resolve?: Resolver;
}

const ANY: OptionShape = { expected: 'something', admits: () => true };

/** What the options of createApp have to be. */
export const CREATE_SHAPES: Readonly<Record<keyof CreateOptions, OptionShape>> = {
  override: { expected: 'a list of providers', admits: Array.isArray },
  clock: ANY,
  ids: ANY,
  logger: ANY,
  resolve: ANY,
  contract: {
    expected: 'the path of a file, or its URL',
    admits: (value) => (typeof value === 'string' && value !== '') || value instanceof URL,
  },
};

/** The world around an app: its log, its time, its deadlines, its ids, and a container it may be part of. */
export interface Surroundings {
  readonly logger: Logger;
  readonly clock: Clock;
  readonly wheel: TimerWheel;
  readonly ids: Ids;
  readonly resolve: Resolver | undefined;
}

/** The real world, where nothing stands in for it. */
export function surroundings(options: CreateOptions, log: { name: string; level: LogLevel }): Surroundings {
  const { clock = new SystemClock() } = options;
  return {
    logger: options.logger ?? PinoLogger.create(log),
    clock,
    wheel: new TimerWheel(clock),
    ids: options.ids ?? new RandomIds(),
    resolve: options.resolve,
  };
}
