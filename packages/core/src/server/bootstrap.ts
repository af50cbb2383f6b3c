import { FrameworkError } from '../errors/framework-error.js';
import type { Constructor } from '../metadata/registry.js';
import type { DynamicModule } from '../records/module-record.js';
import { createApp } from './create-app.js';
import { splitRunOptions, type RunOptions } from './run-options.js';
import type { CreateOptions } from './surroundings.js';

/**
 * Makes an app of a module class and runs it: the whole of a server's main file.
 *
 * Mistakes of the author are printed with their fix and without a stack, and the process ends with code 1.
 */
export async function bootstrap(
  module: Constructor | DynamicModule,
  options: RunOptions & CreateOptions = {},
): Promise<void> {
  try {
    const { run, rest } = splitRunOptions(options);
    await createApp(module, rest).run(run);
  } catch (error) {
    process.stderr.write(`${describe(error)}\n`);
    process.exitCode = 1;
  }
}

function describe(error: unknown): string {
  if (!FrameworkError.is(error))
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  const cause = error.cause instanceof Error ? `\nCaused by: ${ownStack(error.cause)}` : '';
  return `${error.message}${cause}`;
}

/** A stack without the steps inside Node.js, which say nothing to an author. */
function ownStack({ stack, message }: Error): string {
  return (stack ?? message)
    .split('\n')
    .filter((line) => !/^\s+at .*\(?node:/.test(line))
    .join('\n');
}
