import { FrameworkError } from '../errors/framework-error.js';

/** How a server runs as a program. */
export interface RunOptions {
  /** Default: `stdio`. */
  readonly transport?: string;
  readonly host?: string;
  readonly port?: number;
  readonly path?: string;
}

/** What the command line says: how to run, or what to do instead. */
export interface CommandLine extends RunOptions {
  /** Write the contract, and end. */
  readonly writeContract?: true;
}

const FLAGS = ['transport', 'host', 'port', 'path'] as const;

/** Reads `--transport http --port 8000` and the like; words that are no flags belong to the program and are let pass. */
export function readRunOptions(argv: readonly string[]): CommandLine {
  const options: Record<string, string | number | true> = {};
  for (let i = 0; i < argv.length; i++) {
    if (argv[i] === '--write-contract') options.writeContract = true;
    const [, name, inline] = /^--([a-z]+)(?:=(.*))?$/.exec(argv[i] ?? '') ?? [];
    const flag = FLAGS.find((known) => known === name);
    if (!flag) continue;
    const value = inline ?? argv[++i];
    if (value === undefined || value.startsWith('--'))
      throw new FrameworkError('ERR_RUN_OPTION', { seen: `--${flag} without a value` });
    options[flag] = flag === 'port' ? readPort(value) : value;
  }
  return options;
}

/** What of the options of a program says how it runs, and the rest. */
export function splitRunOptions<O extends RunOptions>(
  options: O,
): { readonly run: RunOptions; readonly rest: Omit<O, keyof RunOptions> } {
  const isFlag = (name: string): boolean => (FLAGS as readonly string[]).includes(name);
  const only = (flags: boolean): object =>
    Object.fromEntries(Object.entries(options).filter(([name]) => isFlag(name) === flags));
  return { run: only(true), rest: only(false) as Omit<O, keyof RunOptions> };
}

function readPort(text: string): number {
  const port = Number(text);
  if (text.trim() !== '' && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new FrameworkError('ERR_RUN_OPTION', { seen: `--port ${text}` });
}
