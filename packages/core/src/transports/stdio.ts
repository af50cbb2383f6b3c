import type { Readable, Writable } from 'node:stream';
import { ProtocolError, RPC } from '../errors/protocol-error.js';
import type { Endpoint } from '../protocol/endpoint.js';
import { protocolOutcome } from '../protocol/wire-error.js';
import type { TimerWheel } from '../time/timer-wheel.js';
import { Connection } from './connection.js';
import { LineReader } from './line-reader.js';
import { writeProtocol } from './stdout.js';
import type { Served, Transport } from './transport.js';

/** Where a stdio server reads and writes. */
export interface StdioOptions {
  /** Default: `process.stdin`. */
  readonly input?: Readable;
  /** Default: `process.stdout`. */
  readonly output?: Writable;
  /** The longest message, in bytes. Default: 4 MiB. */
  readonly maxMessageBytes?: number;
}

interface Output {
  readonly write: (text: string) => void;
  readonly errors: Writable;
  readonly maxMessageBytes: number;
}

/** How long requests under way at the end of the input may take to be answered. */
const GRACE_MS = 1000;

/** Serves one client over stdin and stdout, a message a line; the end of the input is the end of the stay. */
export function stdio(options: StdioOptions = {}): Transport {
  const { input = process.stdin, output, maxMessageBytes = 4 * 1024 * 1024 } = options;
  const write = output ? (text: string) => void output.write(text) : writeProtocol;
  const to = { errors: output ?? process.stdout, write, maxMessageBytes };
  return { name: 'stdio', open: (endpoint) => Promise.resolve(serve(endpoint, input, to)) };
}

function serve(endpoint: Endpoint, input: Readable, to: Output): Served {
  const send = (text: string): void => {
    to.write(`${text}\n`);
  };
  const connection = new Connection(endpoint, send);
  const reader = new LineReader(to.maxMessageBytes, (line) => {
    if ('text' in line) {
      connection.receive(line.text);
      return;
    }
    const error = new ProtocolError(RPC.parseError, `Parse error: the message is ${line.refused}`);
    send(endpoint.encoder.answer(null, protocolOutcome(error), 'legacy') ?? '');
  });
  input.on('data', (chunk: Buffer) => {
    reader.push(chunk);
  });
  const ended = new Promise<void>((resolve) => {
    input.once('end', () => {
      reader.end();
      void settled(connection, endpoint.wheel).then(resolve);
    });
    // Nobody is left to be told: a reader that has gone ends the stay like the end of the input.
    to.errors.on('error', resolve);
    input.on('error', resolve);
  }).then(() => {
    connection.close();
  });
  return {
    ended,
    close: () => {
      connection.close();
      input.pause();
      return Promise.resolve();
    },
  };
}

/** Waits for what is under way, but not for long. */
async function settled(connection: Connection, wheel: TimerWheel): Promise<void> {
  await Promise.race([connection.idle(), new Promise<void>((late) => wheel.after(GRACE_MS, late))]);
}
