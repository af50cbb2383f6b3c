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
export async function run(app: Runnable, options: RunOptions = {}, told: Told = {}): Promise<void> {
  const { writeContract, ...flags } = readRunOptions(process.argv.slice(2));
  if (writeContract) {
    process.stdout.write(`Wrote ${await app.writeContract()}\n`);
    return;
  }
  const chosen = { ...options, ...flags };
  const overStdio = (chosen.transport ?? 'stdio') === 'stdio';
  if (overStdio) claimStdout();
  const transport = await transportByName(chosen);
  // Before anything is opened: who ends the process then, wants it closed as well.
  const signal = firstSignal();
  const kept: (() => void)[] = [];
  try {
    const begun = begin(app, transport, { ...told, overStdio, kept });
    await untilClosed(app, Promise.race([signal.came, begun.then(gone)]));
  } finally {
    signal.forget();
    for (const undo of kept) undo();
  }
}

/** What a program says of itself when it starts. */
interface Told {
  /** Tools without a description. */
  readonly undescribed?: readonly string[];
  /** Where the server keeps things. */
  readonly stores?: { readonly line: string };
}

/** What beginning to serve has to know, and leaves to be undone. */
interface Beginning extends Told {
  readonly overStdio: boolean;
  readonly kept: (() => void)[];
}

/** Starts and serves, and says so on stderr. */
async function begin(app: Runnable, transport: Transport, of: Beginning): Promise<Served> {
  const { logger } = await app.start();
  of.kept.push(keepRunning(logger));
  const { undescribed = [], stores } = of;
  // Not through the log, which a server over stdio loads only if it has something to tell.
  if (stores) process.stderr.write(`${app.info.name}: ${stores.line}\n`);
  if (undescribed.length > 0) logger.warn(undescribedHint(undescribed));
  const served = await app.serve(transport);
  if (served.url !== undefined) process.stderr.write(`${app.info.name} serves MCP at ${served.url}\n`);
  if (of.overStdio && process.stdin.isTTY) process.stderr.write(terminalHint(app.info.name));
  return served;
}

/** Waits for the end, and closes the app in order, but not for ever. */
async function untilClosed(app: Runnable, ended: Promise<void>): Promise<void> {
  // At the end of the input nothing keeps the process but the handlers, and they may wait for something that does not either.
  const kept = setInterval(() => undefined, 2 ** 30);
  try {
    await ended;
  } finally {
    clearInterval(kept);
  }
  for (const signal of SIGNALS) process.once(signal, () => process.exit(130));
  const bound = setTimeout(() => process.exit(1), CLOSE_MS);
  try {
    await app.close();
  } finally {
    // Up to here it has kept the process; from now on it only ends one that hangs.
    bound.unref();
  }
}

/** Resolves when the only client has gone, where there is only one. */
function gone({ ended }: Served): Promise<void> {
  return ended ?? new Promise(() => undefined);
}

/** The first signal to end, and how to hear of none. */
function firstSignal(): { readonly came: Promise<void>; forget(): void } {
  let hear: () => void = () => undefined;
  const came = new Promise<void>((resolve) => (hear = resolve));
  for (const signal of SIGNALS) process.once(signal, hear);
  return {
    came,
    forget: () => {
      for (const signal of SIGNALS) process.off(signal, hear);
    },
  };
}
