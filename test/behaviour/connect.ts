import {
  Client as ModernClient,
  StreamableHTTPClientTransport as ModernHttp,
} from '@modelcontextprotocol/client';
import { Client as LegacyClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as LegacyHttp } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { inMemory, stdio, type App, type CallToolResult, type ClientEnd } from '@tenon/core';
import { http } from '@tenon/http';
import { PassThrough } from 'node:stream';
import { createInterface } from 'node:readline';

/** How a client reaches a server, and the revision it speaks there. */
export interface Way {
  readonly over: 'http' | 'stdio' | 'memory';
  readonly version: '2025-11-25' | '2026-07-28';
}

/** Every transport with every era. */
export const WAYS: readonly Way[] = (['http', 'stdio', 'memory'] as const).flatMap((over) =>
  (['2025-11-25', '2026-07-28'] as const).map((version) => ({ over, version })),
);

/** What a call may carry besides its arguments. */
interface CallOptions {
  readonly signal?: AbortSignal;
  readonly onprogress?: (progress: unknown) => void;
}

/** What a client can be asked, and how it answers. */
export type Answers = Readonly<
  Partial<Record<'elicitation/create' | 'sampling/createMessage' | 'roots/list', (params: never) => unknown>>
>;

const CAPABILITIES = {
  'elicitation/create': { elicitation: { form: {}, url: {} } },
  'sampling/createMessage': { sampling: { tools: {} } },
  'roots/list': { roots: {} },
} as const;

const SCHEMAS = {
  'elicitation/create': ElicitRequestSchema,
  'sampling/createMessage': CreateMessageRequestSchema,
  'roots/list': ListRootsRequestSchema,
} as const;

/** A connected client, and its calls in a form both official clients can do. */
export interface Connected {
  readonly client: LegacyClient;
  call(name: string, args?: Record<string, unknown>, options?: CallOptions): Promise<CallToolResult>;
}

/** Connects the official client of an era over a transport. */
export async function connect(app: App, { over, version }: Way, answers: Answers = {}): Promise<Connected> {
  const transport = (await clientTransport(app, over, version)) as never;
  const info = { name: 'test', version: '1.0.0' };
  const asked = Object.keys(answers) as (keyof Answers)[];
  const capabilities = Object.assign({}, ...asked.map((method) => CAPABILITIES[method])) as object;
  const answer = (method: keyof Answers) => (request: { params?: unknown }) =>
    answers[method]?.(request.params as never) as never;
  if (version === '2025-11-25') {
    const client = new LegacyClient(info, { capabilities });
    for (const method of asked) client.setRequestHandler(SCHEMAS[method] as never, answer(method));
    await client.connect(transport);
    const call: Connected['call'] = async (name, args = {}, options = {}) =>
      (await client.callTool({ name, arguments: args }, undefined, options)) as CallToolResult;
    return { client, call };
  }
  const client = new ModernClient(info, {
    capabilities,
    versionNegotiation: { mode: { pin: '2026-07-28' } },
  });
  for (const method of asked) client.setRequestHandler(method, answer(method));
  await client.connect(transport);
  const call: Connected['call'] = async (name, args = {}, options = {}) =>
    (await client.callTool({ name, arguments: args }, options)) as CallToolResult;
  return { client: client as unknown as LegacyClient, call };
}

async function clientTransport(app: App, over: Way['over'], version: Way['version']): Promise<unknown> {
  if (over === 'http') {
    const { url } = await app.serve(http({ port: 0 }));
    const Transport = version === '2025-11-25' ? LegacyHttp : ModernHttp;
    return new Transport(new URL(url ?? ''));
  }
  if (over === 'memory') {
    const memory = inMemory();
    await app.serve(memory);
    return memory.client;
  }
  const [input, output] = [new PassThrough(), new PassThrough()];
  await app.serve(stdio({ input, output }));
  return overLines(input, output);
}

/** The client's end of a stdio server in this process: a message a line. */
function overLines(input: PassThrough, output: PassThrough): ClientEnd {
  const end: ClientEnd = {
    start: () => {
      createInterface(output).on('line', (line) => end.onmessage?.(JSON.parse(line) as never));
      return Promise.resolve();
    },
    send: (message) => {
      input.write(`${JSON.stringify(message)}\n`);
      return Promise.resolve();
    },
    close: () => {
      input.end();
      end.onclose?.();
      return Promise.resolve();
    },
  };
  return end;
}
