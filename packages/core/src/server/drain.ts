import type { Dispatcher } from '../protocol/dispatcher.js';
import type { Logger } from '../telemetry/logger.js';
import { settlesWithin } from '../time/settles-within.js';
import type { TimerWheel } from '../time/timer-wheel.js';

/** How long handlers may go on after they have been cancelled, and what is being opened may take. */
const DRAIN_MS = 5000;

/** Ends what is under way and waits for it, but not for ever: handlers that go on all the same are named in the log, and answered for. */
export async function drain(dispatcher: Dispatcher, { wheel, logger }: Waits): Promise<void> {
  dispatcher.stop();
  const { underWay } = dispatcher;
  if (await settlesWithin(underWay.idle(), DRAIN_MS, wheel)) return;
  logger.warn('The server closes although some handlers go on: they did not heed their AbortSignal', {
    running: underWay.names,
  });
  dispatcher.drop();
}

/** Waits for what is being opened, but not for ever: what comes to its end later is closed then. */
export async function untilOpened(opening: Promise<unknown>, { wheel, logger }: Waits): Promise<void> {
  if (await settlesWithin(opening, DRAIN_MS, wheel)) return;
  logger.warn('The server closes although something is still opening: a lifespan, or a provider');
}

interface Waits {
  readonly wheel: TimerWheel;
  readonly logger: Logger;
}
