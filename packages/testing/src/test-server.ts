import { Client as ModernClient } from '@modelcontextprotocol/client';
import { Client as LegacyClient } from '@modelcontextprotocol/sdk/client/index.js';
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

/** The revisions a test client can speak, each through an official client. */
export type TestVersion = '2025-11-25' | '2026-07-28';

/** How a test client connects. */
export interface ConnectOptions {
  /** On whose behalf it calls. */
  readonly principal?: Principal;
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
  return { app, close, connect: connect as TestServer['connect'], [Symbol.asyncDispose]: close };
}

async function connectLegacy(app: App, options: ConnectOptions): Promise<LegacyClient> {
  const transport = inMemory(options);
  await app.serve(transport);
  const client = new LegacyClient({ name: 'test', version: '1.0.0' });
  await client.connect(transport.client as SdkTransport);
  return client;
}

async function connectModern(app: App, options: ConnectOptions): Promise<ModernClient> {
  const transport = inMemory(options);
  await app.serve(transport);
  const client = new ModernClient(
    { name: 'test', version: '1.0.0' },
    { versionNegotiation: { mode: { pin: '2026-07-28' } } },
  );
  await client.connect(transport.client as Parameters<ModernClient['connect']>[0]);
  return client;
}
