import type { App } from '@tenon/core';
import { http, type HttpOptions } from '@tenon/http';

/** A message as it went over the wire. */
export interface WireMessage {
  readonly jsonrpc?: string;
  readonly id?: string | number | null;
  readonly method?: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look at whatever came
  readonly params?: any;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the same
  readonly result?: any;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
}

/** What one HTTP request was answered with: one message, or those of a stream until it ended. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly messages: readonly WireMessage[];
  /** The last message: the answer. */
  readonly message: WireMessage;
}

/** What a request carries besides its method and parameters. */
export interface Sending {
  readonly id?: string | number;
  readonly meta?: Readonly<Record<string, unknown>>;
  /** `undefined` leaves a header out that would be there. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
}

export const VERSION = 'io.modelcontextprotocol/protocolVersion';
export const CAPABILITIES = 'io.modelcontextprotocol/clientCapabilities';
export const LOG_LEVEL = 'io.modelcontextprotocol/logLevel';
export const SUBSCRIPTION = 'io.modelcontextprotocol/subscriptionId';
export const SERVER_INFO = 'io.modelcontextprotocol/serverInfo';
/** The `_meta` every request of 2026-07-28 has. */
export const META = { [VERSION]: '2026-07-28', [CAPABILITIES]: {} } as const;

/** An app over HTTP, spoken to by hand. */
export async function overHttp(app: App, options: HttpOptions = {}): Promise<HttpWire> {
  const { url = '' } = await app.serve(http({ port: 0, ...options }));
  return new HttpWire(url);
}

/** HTTP as it is written: nothing is sent or read but what a test says. */
export class HttpWire {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  /** Sends a body as it is. */
  post(body: unknown, headers: Sending['headers'] = {}, signal?: AbortSignal): Promise<Response> {
    const all = {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...headers,
    };
    return fetch(this.url, {
      method: 'POST',
      headers: Object.fromEntries(
        Object.entries(all).filter((each): each is [string, string] => each[1] !== undefined),
      ),
      body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
      ...(signal && { signal }),
    });
  }

  /** Sends a body and reads the answer to its end. */
  async send(body: unknown, headers: Sending['headers'] = {}): Promise<Answered> {
    return read(await this.post(body, headers));
  }

  /** Begins a request of 2026-07-28, with the headers it must have. */
  begin(
    method: string,
    params: object = {},
    { id = 7, meta, headers, signal }: Sending = {},
  ): Promise<Response> {
    const { name, uri } = params as { name?: unknown; uri?: unknown };
    const named = method === 'resources/read' ? uri : name;
    const routing = {
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': method,
      ...(typeof named === 'string' && { 'mcp-name': named }),
      ...headers,
    };
    const body = { jsonrpc: '2.0', id, method, params: { ...params, _meta: { ...META, ...meta } } };
    return this.post(body, routing, signal);
  }

  /** Sends a request of 2026-07-28 and reads the answer to its end. */
  async modern(method: string, params: object = {}, sending: Sending = {}): Promise<Answered> {
    return read(await this.begin(method, params, sending));
  }

  /** Opens a session of the older era. */
  async session(version = '2025-11-25', capabilities: object = {}): Promise<SessionWire> {
    const answered = await this.send(initialize(version, capabilities));
    const headers = {
      'mcp-session-id': answered.headers.get('mcp-session-id') ?? '',
      'mcp-protocol-version': version,
    };
    const session = new SessionWire(this, headers, answered);
    await session.notify('notifications/initialized');
    return session;
  }
}

/** A session of the older era, spoken to by hand. */
export class SessionWire {
  readonly headers: Readonly<Record<string, string>>;
  readonly initialized: Answered;
  readonly #wire: HttpWire;

  constructor(wire: HttpWire, headers: Readonly<Record<string, string>>, initialized: Answered) {
    this.#wire = wire;
    this.headers = headers;
    this.initialized = initialized;
  }

  begin(method: string, params: object = {}, { id = 1, headers, signal }: Sending = {}): Promise<Response> {
    return this.#wire.post({ jsonrpc: '2.0', id, method, params }, { ...this.headers, ...headers }, signal);
  }

  async ask(method: string, params: object = {}, sending: Sending = {}): Promise<Answered> {
    return read(await this.begin(method, params, sending));
  }

  async notify(method: string, params: object = {}): Promise<number> {
    const { status } = await this.#wire.post({ jsonrpc: '2.0', method, params }, this.headers);
    return status;
  }

  /** Sends a body as it is. */
  send(body: unknown): Promise<Answered> {
    return this.#wire.send(body, this.headers);
  }
}

/** The request that opens a session. */
export function initialize(
  protocolVersion = '2025-11-25',
  capabilities: object = {},
  id: string | number = 0,
): object {
  const clientInfo = { name: 'test', version: '1' };
  return { jsonrpc: '2.0', id, method: 'initialize', params: { protocolVersion, capabilities, clientInfo } };
}

/** Reads an answer to its end. */
export async function read(response: Response): Promise<Answered> {
  const { status, headers } = response;
  const text = await response.text();
  const stream = headers.get('content-type')?.startsWith('text/event-stream') === true;
  const texts = stream ? dataOf(text) : text === '' ? [] : [text];
  const messages = texts.map((each) => JSON.parse(each) as WireMessage);
  return { status, headers, text, messages, message: messages.at(-1) ?? {} };
}

/** The messages of a stream, as they come; ends with it. */
export async function* events(response: Response): AsyncGenerator<WireMessage> {
  let kept = '';
  for await (const chunk of response.body ?? []) {
    kept += Buffer.from(chunk as Uint8Array).toString();
    const whole = kept.lastIndexOf('\n\n');
    if (whole < 0) continue;
    for (const data of dataOf(kept.slice(0, whole))) yield JSON.parse(data) as WireMessage;
    kept = kept.slice(whole + 2);
  }
}

function dataOf(text: string): readonly string[] {
  return text
    .split('\n\n')
    .flatMap((event) => event.split('\n').filter((line) => line.startsWith('data: ')))
    .map((line) => line.slice('data: '.length))
    .filter((data) => data !== '');
}
