import type { Logger } from '../telemetry/logger.js';

/** Logs promises that fail while nobody waits for them, where Node.js would end the process; returns the way back. */
export function keepRunning(logger: Logger): () => void {
  const log = (err: unknown): void => {
    logger.error('A promise has failed that nobody waits for: await it, or catch what it throws', { err });
  };
  process.on('unhandledRejection', log);
  return () => {
    process.off('unhandledRejection', log);
  };
}
