import { parseArgs } from 'node:util';
import { isScenarioSet, SETS, type ScenarioSet } from './scenario-set.js';

/** How the fixture is reached: over HTTP, over stdio, or over HTTP as a plugin of somebody else's Fastify. */
export const TRANSPORTS = ['http', 'stdio', 'plugin'] as const;

/** One way to the fixture. */
export type Transport = (typeof TRANSPORTS)[number];

/** What the command line asks of a run. */
export interface Options {
  /** A server that runs already, held to the floor of `http`; undefined: the fixture is started. */
  readonly url: string | undefined;
  readonly sets: readonly ScenarioSet[];
  readonly transports: readonly Transport[];
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
      set: { type: 'string' },
      transport: { type: 'string' },
      output: { type: 'string' },
      raise: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
    },
  });
  const { url, set, transport, output, raise, verbose } = values;
  if (set !== undefined && !isScenarioSet(set)) throw new Error(`--set is one of ${list(SETS)}, not ${set}.`);
  if (transport !== undefined && !isTransport(transport))
    throw new Error(`--transport is one of ${list(TRANSPORTS)}, not ${transport}.`);
  if (url !== undefined && !URL.canParse(url))
    throw new Error(`--url is the address of a server, not ${url}.`);
  if (url !== undefined && (raise || transport !== undefined)) {
    throw new Error('--url judges another server than the fixture: leave out --raise and --transport.');
  }
  return { url, sets: chosen(SETS, set), transports: waysTo(url, transport), output, raise, verbose };
}

function waysTo(url: string | undefined, transport: Transport | undefined): readonly Transport[] {
  return url === undefined ? chosen(TRANSPORTS, transport) : ['http'];
}

function chosen<T>(all: readonly T[], one: T | undefined): readonly T[] {
  return one === undefined ? all : [one];
}

function isTransport(word: string): word is Transport {
  return (TRANSPORTS as readonly string[]).includes(word);
}

function list(words: readonly string[]): string {
  return words.join(', ').replace(/, (?=[^,]+$)/, ' and ');
}
