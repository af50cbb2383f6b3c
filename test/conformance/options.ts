import { parseArgs } from 'node:util';
import { ERAS, isEra, type Era } from './era.js';

/** How the fixture is reached. */
export type Transport = 'http' | 'stdio';

/** What the command line asks of a run. */
export interface Options {
  /** A server that runs already; undefined: the fixture is started. */
  readonly url: string | undefined;
  readonly eras: readonly Era[];
  readonly transport: Transport;
  /** Where the suite's own records are kept; undefined: nowhere. */
  readonly output: string | undefined;
  /** Write what passes into the floor. */
  readonly raise: boolean;
  readonly verbose: boolean;
}

/** Reads the command line; throws a sentence for the terminal. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      url: { type: 'string' },
      era: { type: 'string' },
      transport: { type: 'string', default: 'http' },
      output: { type: 'string' },
      raise: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
    },
  });
  const { url, era, transport, output, raise, verbose } = values;
  if (era !== undefined && !isEra(era)) throw new Error(`--era is one of ${ERAS.join(' and ')}, not ${era}.`);
  if (transport !== 'http' && transport !== 'stdio')
    throw new Error(`--transport is http or stdio, not ${transport}.`);
  if (url !== undefined && !URL.canParse(url))
    throw new Error(`--url is the address of a server, not ${url}.`);
  if (url !== undefined && (raise || transport === 'stdio')) {
    throw new Error('--url judges another server than the fixture: leave out --raise and --transport stdio.');
  }
  return { url, eras: era === undefined ? ERAS : [era], transport, output, raise, verbose };
}
