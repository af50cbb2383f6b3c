import type { Dispatcher } from '../protocol/dispatcher.js';
import type { Logger } from '../telemetry/logger.js';
import type { TimerWheel } from '../time/timer-wheel.js';

/** How long handlers may go on after they have been cancelled. */
const DRAIN_MS = 5000;

/** Ends what is under way and waits for it, but not for ever: handlers that go on all the same are named in the log. */
export async function drain(dispatcher: Dispatcher, { wheel, logger }: Waits): Promise<void> {
  dispatcher.stop();
  const { underWay } = dispatcher;
  let late = false;
  await new Promise<void>((resolve) => {
    const cancel = wheel.after(DRAIN_MS, () => {
      late = true;
      resolve();
    });
    void underWay.idle().then(() => {
      cancel();
      resolve();
    });
  });
  if (late)
    logger.warn('The server closes although some handlers go on: they did not heed their AbortSignal', {
      running: underWay.names,
    });
}

interface Waits {
  readonly wheel: TimerWheel;
  readonly logger: Logger;
}
