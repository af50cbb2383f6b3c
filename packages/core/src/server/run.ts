import type { Implementation } from '../mcp/types.js';
import { claimStdout } from '../transports/stdout.js';
import type { Served, Transport } from '../transports/transport.js';
import { readRunOptions, type RunOptions } from './run-options.js';
import { transportByName } from './transport-by-name.js';

/** What can be run as a program. */
export interface Runnable {
  readonly info: Implementation;
  serve(transport: Transport): Promise<Served>;
  close(): Promise<void>;
}

/** How long an orderly end may take. */
const CLOSE_MS = 10_000;

/**
 * Runs an app as the program: flags on the command line, signals to an orderly end, the exit code.
 *
 * `--transport http --port 8000 --host … --path …` win over the options given here. Resolves when the server has ended.
 */
export async function run(app: Runnable, options: RunOptions = {}): Promise<void> {
  const chosen = { ...options, ...readRunOptions(process.argv.slice(2)) };
  if ((chosen.transport ?? 'stdio') === 'stdio') claimStdout();
  const served = await app.serve(await transportByName(chosen));
  if (served.url !== undefined) process.stderr.write(`${app.info.name} serves MCP at ${served.url}\n`);
  await ending(served);
  await app.close();
}

/** Resolves at the first signal to end, or when the only client has gone; a second signal ends at once. */
function ending(served: Served): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
      // Not held open by it: an end in time leaves the timer behind.
      setTimeout(() => process.exit(1), CLOSE_MS).unref();
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
    void served.ended?.then(resolve);
  });
}
