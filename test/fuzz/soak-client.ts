import { Agent, request, type IncomingMessage } from 'node:http';

type Message = Readonly<Record<string, unknown>>;

export const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': { elicitation: {} },
};

/** A request under way. */
export interface Sent {
  /** The answer to its end; undefined if the connection ended first. */
  readonly text: Promise<string | undefined>;
  /** Calls `run` with each piece of the answer. */
  hear(run: (piece: string, response: IncomingMessage) => void): void;
  readonly response: Promise<IncomingMessage | undefined>;
  /** Leaves. */
  leave(): void;
}

/** HTTP by hand, so that everything can be left at any time and all connections closed at the end. */
export class SoakClient {
  readonly url: URL;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(url: string) {
    this.url = new URL(url);
  }

  send(method: string, headers: Readonly<Record<string, string>>, body = '', path = this.url.pathname): Sent {
    const hearing: ((piece: string, response: IncomingMessage) => void)[] = [];
    const all = { ...headers, ...(body !== '' && { 'content-length': String(Buffer.byteLength(body)) }) };
    const target = new URL(path, this.url);
    const sent = request(target, { method, headers: all, agent: this.#agent });
    const response = new Promise<IncomingMessage | undefined>((resolve) => {
      sent.once('response', resolve);
      for (const gone of ['error', 'close'])
        sent.on(gone, () => {
          resolve(undefined);
        });
    });
    const text = response.then(
      (answer) =>
        new Promise<string | undefined>((resolve) => {
          if (!answer) {
            resolve(undefined);
            return;
          }
          let read = '';
          answer.setEncoding('utf8').on('data', (piece: string) => {
            read += piece;
            for (const run of hearing) run(piece, answer);
          });
          answer.once('end', () => {
            resolve(read);
          });
          answer.on('error', () => {
            resolve(undefined);
          });
          answer.once('close', () => {
            resolve(undefined);
          });
        }),
    );
    sent.end(body);
    return { text, response, hear: (run) => hearing.push(run), leave: () => sent.destroy() };
  }

  /** Sends a message of 2026-07-28. */
  modern(method: string, params: Message, meta: Message = {}): Sent {
    const name = params.name ?? params.uri;
    const headers = {
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': method,
      ...(typeof name === 'string' && { 'mcp-name': name }),
    };
    const body = { jsonrpc: '2.0', id: 1, method, params: { ...params, _meta: { ...META, ...meta } } };
    return this.post(body, headers);
  }

  post(body: unknown, headers: Readonly<Record<string, string>> = {}, path?: string): Sent {
    const types = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
    return this.send(
      'POST',
      { ...types, ...headers },
      typeof body === 'string' ? body : JSON.stringify(body),
      path,
    );
  }

  close(): void {
    this.#agent.destroy();
  }
}
