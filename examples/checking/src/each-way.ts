import {
  Client as ModernClient,
  StreamableHTTPClientTransport as ModernHttp,
} from '@modelcontextprotocol/client';
import { StdioClientTransport as ModernStdio } from '@modelcontextprotocol/client/stdio';
import { Client as LegacyClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as LegacyStdio } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport as LegacyHttp } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { CallToolResult, Tool } from '@modelcontextprotocol/sdk/types.js';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A connected client, as far as the examples need one. */
export interface CheckingClient {
  listTools(): Promise<readonly Tool[]>;
  /** Calls a tool; `progress` receives what it reports, as it arrives. */
  callTool(name: string, args: Record<string, unknown>, progress?: unknown[]): Promise<CallToolResult>;
}

/** Runs a check against a program over HTTP and stdio, with the official client of each era. */
export async function eachWay(
  program: string,
  args: readonly string[],
  check: (client: CheckingClient) => Promise<void>,
): Promise<void> {
  const server = await startOverHttp(program, args);
  try {
    await legacy(new LegacyHttp(server.url), check);
    await modern(new ModernHttp(server.url), check);
  } finally {
    server.process.kill();
  }
  const [status] = (await once(server.process, 'exit')) as [number | null];
  if (status !== 0) throw new Error(`${program} ended with ${status ?? 'a signal'} instead of 0`);
  const command = {
    command: process.execPath,
    args: [program, ...args, '--transport', 'stdio'],
    stderr: 'ignore' as const,
  };
  await legacy(new LegacyStdio(command), check);
  await modern(new ModernStdio(command), check);
}

async function startOverHttp(
  program: string,
  args: readonly string[],
): Promise<{ process: ChildProcess; url: URL }> {
  const child = spawn(process.execPath, [program, ...args, '--transport', 'http', '--port', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const lines: string[] = [];
  for await (const line of createInterface(child.stderr)) {
    lines.push(line);
    const [, url] = /serves MCP at (\S+)/.exec(line) ?? [];
    if (url !== undefined) {
      child.stderr.resume();
      return { process: child, url: new URL(url) };
    }
  }
  throw new Error(`${program} did not start:\n${lines.join('\n')}`);
}

interface Watched {
  onmessage?: ((message: never, ...rest: never[]) => void) | undefined;
}

/**
 * Keeps the progress of a call as it comes in from the transport.
 *
 * The clients hand progress on a moment later than a result, and by then forget those who wait for it: what arrives in one
 * piece with its result, as it often does over stdio, never reaches `onprogress`.
 */
function watchProgress(transport: Watched) {
  const deliver = transport.onmessage as ((message: unknown, ...rest: unknown[]) => void) | undefined;
  let current: unknown[] | undefined;
  transport.onmessage = (message: { method?: string; params?: object }, ...rest: unknown[]) => {
    if (message.method === 'notifications/progress') current?.push({ ...message.params });
    deliver?.call(transport, message, ...rest);
  };
  return async <T>(
    progress: unknown[] | undefined,
    call: (options: { onprogress: () => void } | undefined) => Promise<T>,
  ): Promise<T> => {
    current = progress;
    return call(progress && { onprogress: () => undefined });
  };
}

async function legacy(
  transport: LegacyHttp | LegacyStdio,
  check: (client: CheckingClient) => Promise<void>,
): Promise<void> {
  const client = new LegacyClient({ name: 'check', version: '1.0.0' });
  await client.connect(transport);
  const arriving = watchProgress(transport);
  await check({
    listTools: async () => (await client.listTools()).tools,
    callTool: async (name, args, progress) =>
      (await arriving(progress, (options) =>
        client.callTool({ name, arguments: args }, undefined, options),
      )) as CallToolResult,
  }).finally(() => client.close());
}

async function modern(
  transport: ModernHttp | ModernStdio,
  check: (client: CheckingClient) => Promise<void>,
): Promise<void> {
  const client = new ModernClient(
    { name: 'check', version: '1.0.0' },
    { versionNegotiation: { mode: { pin: '2026-07-28' } } },
  );
  await client.connect(transport);
  const arriving = watchProgress(transport);
  await check({
    listTools: async () => (await client.listTools()).tools as Tool[],
    callTool: async (name, args, progress) =>
      (await arriving(progress, (options) =>
        client.callTool({ name, arguments: args }, options),
      )) as CallToolResult,
  }).finally(() => client.close());
}
