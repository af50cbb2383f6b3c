import { FrameworkError } from '../errors/framework-error.js';

/** How a server runs as a program. */
export interface RunOptions {
  /** Default: `stdio`. */
  readonly transport?: string;
  readonly host?: string;
  readonly port?: number;
  readonly path?: string;
}

const FLAGS = ['transport', 'host', 'port', 'path'] as const;

/** Reads `--transport http --port 8000` and the like; words that are no flags belong to the program and are let pass. */
export function readRunOptions(argv: readonly string[]): RunOptions {
  const options: Record<string, string | number> = {};
  for (let i = 0; i < argv.length; i++) {
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

function readPort(text: string): number {
  const port = Number(text);
  if (text.trim() !== '' && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new FrameworkError('ERR_RUN_OPTION', { seen: `--port ${text}` });
}
