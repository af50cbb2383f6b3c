import type { Implementation } from '../mcp/types.js';
import type { Endpoint } from '../protocol/endpoint.js';
import { claimStdout } from '../transports/stdout.js';
import type { Served, Transport } from '../transports/transport.js';
import { keepRunning } from './keep-running.js';
import { terminalHint, undescribedHint } from './program-hints.js';
import { readRunOptions, type RunOptions } from './run-options.js';
import { transportByName } from './transport-by-name.js';

/** What can be run as a program. */
export interface Runnable {
  readonly info: Implementation;
  start(): Promise<Pick<Endpoint, 'logger'>>;
  writeContract(): Promise<string>;
  serve(transport: Transport): Promise<Served>;
  close(): Promise<void>;
}

/** How long an orderly end may take; more than handlers get of it. */
const CLOSE_MS = 10_000;
/** The first of them ends in order, the second at once. */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Runs an app as the program: flags on the command line, signals to an orderly end, the exit code.
 *
 * `--transport http --port 8000 --host … --path …` win over the options given here. Resolves when the server has ended;
 * with `--write-contract` when its contract has been written, instead of serving.
 */
export async function run(
  app: Runnable,
  options: RunOptions = {},
  undescribed: readonly string[] = [],
): Promise<void> {
  const { writeContract, ...flags } = readRunOptions(process.argv.slice(2));
  if (writeContract) {
    process.stdout.write(`Wrote ${await app.writeContract()}\n`);
    return;
  }
  const chosen = { ...options, ...flags };
  const overStdio = (chosen.transport ?? 'stdio') === 'stdio';
  if (overStdio) claimStdout();
  const transport = await transportByName(chosen);
  const { logger } = await app.start();
  const noLongerKept = keepRunning(logger);
  try {
    if (undescribed.length > 0) logger.warn(undescribedHint(undescribed));
    const served = await app.serve(transport);
    // Before anybody can know that it serves: who has waited for that may end it at once.
    const ended = ending(served);
    if (served.url !== undefined) process.stderr.write(`${app.info.name} serves MCP at ${served.url}\n`);
    if (overStdio && process.stdin.isTTY) process.stderr.write(terminalHint(app.info.name));
    await untilClosed(app, ended);
  } finally {
    noLongerKept();
  }
}

/** Waits for the end, and closes the app in order, but not for ever. */
async function untilClosed(app: Runnable, ended: Promise<void>): Promise<void> {
  // At the end of the input nothing keeps the process but the handlers, and they may wait for something that does not either.
  const kept = setInterval(() => undefined, 2 ** 30);
  await ended;
  clearInterval(kept);
  for (const signal of SIGNALS) process.once(signal, () => process.exit(130));
  const bound = setTimeout(() => process.exit(1), CLOSE_MS);
  try {
    await app.close();
  } finally {
    // Up to here it has kept the process; from now on it only ends one that hangs.
    bound.unref();
  }
}

/** Resolves at the first signal to end, or when the only client has gone. */
function ending(served: Served): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of SIGNALS)
      process.once(signal, () => {
        resolve();
      });
    void served.ended?.then(resolve);
  });
}
