import { stdio, type App } from '@tenon/core';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { initialize, META, type WireMessage } from './http-wire.js';

/** An app over stdin and stdout, spoken to line by line. */
export async function overLines(app: App): Promise<LineWire> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const served = await app.serve(stdio({ input, output }));
  return new LineWire(input, output, served.ended ?? Promise.resolve());
}

/** Lines as they are written. */
export class LineWire {
  /** Everything the server has written, a message a line. */
  readonly lines: string[] = [];
  readonly ended: Promise<void>;
  readonly #input: PassThrough;
  readonly #output: PassThrough;

  constructor(input: PassThrough, output: PassThrough, ended: Promise<void>) {
    this.#input = input;
    this.#output = output;
    this.ended = ended;
    output.on('data', (chunk: Buffer) =>
      this.lines.push(
        ...chunk
          .toString()
          .split('\n')
          .filter((line) => line !== ''),
      ),
    );
  }

  /** Everything the server has written, read. */
  get messages(): readonly WireMessage[] {
    return this.lines.map((line) => JSON.parse(line) as WireMessage);
  }

  /** Writes a line as it is. */
  write(line: unknown): void {
    this.#input.write(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`);
  }

  /** Writes a request of 2026-07-28 and waits for its answer. */
  modern(
    method: string,
    params: object = {},
    { id = 7, meta = {} }: { id?: string | number; meta?: object } = {},
  ): Promise<WireMessage> {
    this.write({ jsonrpc: '2.0', id, method, params: { ...params, _meta: { ...META, ...meta } } });
    return this.answer(id);
  }

  /** Writes a request of the older era and waits for its answer. */
  ask(method: string, params: object = {}, id: string | number = 1): Promise<WireMessage> {
    this.write({ jsonrpc: '2.0', id, method, params });
    return this.answer(id);
  }

  /** Begins the stay of a client of the older era. */
  async initialize(version = '2025-11-25', capabilities: object = {}): Promise<WireMessage> {
    this.write(initialize(version, capabilities, 'begin'));
    const answer = await this.answer('begin');
    this.write({ jsonrpc: '2.0', method: 'notifications/initialized' });
    return answer;
  }

  /** Waits for a message the server writes. */
  async until(is: (message: WireMessage) => boolean): Promise<WireMessage> {
    for (;;) {
      const found = this.messages.find(is);
      if (found) return found;
      await once(this.#output, 'data');
    }
  }

  answer(id: string | number): Promise<WireMessage> {
    return this.until((message) => message.id === id && message.method === undefined);
  }

  /** Closes the input, as a client that leaves. */
  end(): void {
    this.#input.end();
  }
}
