import { Client as ModernClient } from '@modelcontextprotocol/client';
import type { Client as LegacyClient } from '@modelcontextprotocol/sdk/client/index.js';
import type { Transport as SdkTransport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  createApp,
  inMemory,
  type App,
  type Constructor,
  type CreateOptions,
  type DynamicModule,
  type Principal,
} from '@tenon/core';
import { AnswerSheet } from './answer-sheet.js';
import type { Answers } from './answers.js';
import { AnsweringClient } from './answering-client.js';

/** The revisions a test client can speak, each through an official client. */
export type TestVersion = '2025-11-25' | '2026-07-28';

const VERSIONS: readonly TestVersion[] = ['2025-11-25', '2026-07-28'];

/** How a test client connects. */
export interface ConnectOptions {
  /** On whose behalf it calls. */
  readonly principal?: Principal;
  /** What it answers when the server asks. */
  readonly answers?: Answers;
}

/** A server under test, and clients for it in the same process. */
export interface TestServer extends AsyncDisposable {
  readonly app: App;
  /** Connects a client of `@modelcontextprotocol/client`, which speaks 2026-07-28. */
  connect(version?: '2026-07-28', options?: ConnectOptions): Promise<ModernClient>;
  /** Connects a client of `@modelcontextprotocol/sdk`, which speaks 2025-11-25. */
  connect(version: '2025-11-25', options?: ConnectOptions): Promise<LegacyClient>;
  /** Connects the client of either revision: what both can do is the same. */
  connect(version: TestVersion, options?: ConnectOptions): Promise<LegacyClient | ModernClient>;
  /** Runs a test with a client of either revision, one after the other; where it fails, the error says in which. */
  inBothEras(
    run: (client: LegacyClient | ModernClient, version: TestVersion) => unknown,
    options?: ConnectOptions,
  ): Promise<void>;
  /** Disconnects every client and closes the app. */
  close(): Promise<void>;
}

/** Makes and starts the app of a module, with some providers replaced: `await using server = await createTestServer(AppModule)`. */
export async function createTestServer(
  module: Constructor | DynamicModule,
  options: CreateOptions = {},
): Promise<TestServer> {
  const app = createApp(module, options);
  await app.start();
  const clients: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
    await app.close();
  };
  const connect = async (
    version: TestVersion = '2026-07-28',
    connection: ConnectOptions = {},
  ): Promise<LegacyClient | ModernClient> => {
    const client =
      version === '2025-11-25' ? await connectLegacy(app, connection) : await connectModern(app, connection);
    clients.push(client);
    return client;
  };
  const inBothEras: TestServer['inBothEras'] = async (run, connection) => {
    for (const version of VERSIONS) {
      const client = await connect(version, connection);
      await inEra(version, () => run(client, version));
    }
  };
  return { app, close, connect: connect as TestServer['connect'], inBothEras, [Symbol.asyncDispose]: close };
}

async function inEra(version: TestVersion, run: () => unknown): Promise<void> {
  try {
    await run();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`In ${version}: ${message}`, { cause: error });
  }
}

async function connectLegacy(app: App, { answers, ...options }: ConnectOptions): Promise<LegacyClient> {
  const transport = inMemory(options);
  await app.serve(transport);
  const client = new AnsweringClient(new AnswerSheet(answers));
  await client.connect(transport.client as SdkTransport);
  return client;
}

async function connectModern(app: App, { answers, ...options }: ConnectOptions): Promise<ModernClient> {
  const transport = inMemory(options);
  await app.serve(transport);
  const sheet = new AnswerSheet(answers);
  const client = new ModernClient(
    { name: 'test', version: '1.0.0' },
    { capabilities: sheet.capabilities, versionNegotiation: { mode: { pin: '2026-07-28' } } },
  );
  for (const method of sheet.methods)
    client.setRequestHandler(method, ({ params = {} }) => sheet.answer({ method, params }) as never);
  await client.connect(transport.client as Parameters<ModernClient['connect']>[0]);
  return client;
}
