import { StreamableHTTPClientTransport as ModernHttp } from '@modelcontextprotocol/client';
import { StreamableHTTPClientTransport as LegacyHttp } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Answers } from './answers.js';
import { CheckingClient, type Version } from './checking-client.js';
import { environmentOf, type ProgramOptions } from './program.js';

/** A server that runs over HTTP, for as many clients as a check needs. */
export interface Served {
  readonly url: URL;
  /** What it has written to stderr so far, a line each. */
  readonly log: readonly string[];
  connect(version: Version, answers?: Answers): Promise<CheckingClient>;
}

/** Starts a program over HTTP, runs a check against it, and ends it; the lines of its log are those until its very end. */
export async function overHttp(
  program: URL,
  check: (served: Served) => Promise<void>,
  options: ProgramOptions = {},
): Promise<readonly string[]> {
  const path = fileURLToPath(program);
  const flags = ['--transport', 'http', '--port', '0'];
  const child = spawn(process.execPath, [path, ...(options.args ?? []), ...flags], {
    env: environmentOf(options),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(child, 'close') as Promise<[number | null]>;
  const log: string[] = [];
  const clients: CheckingClient[] = [];
  try {
    const url = await listening(child, createInterface(child.stderr), log);
    const connect: Served['connect'] = async (version, answers) => {
      const transport = version === '2025-11-25' ? new LegacyHttp(url) : new ModernHttp(url);
      const client = await CheckingClient.connect(transport, version, answers);
      clients.push(client);
      return client;
    };
    await check({ url, log, connect });
  } finally {
    await Promise.all(clients.map((client) => client.close()));
    child.kill();
  }
  const [status] = await exited;
  if (status === 0) return log;
  throw new Error(`${path} ended with ${status ?? 'a signal'} instead of 0:\n${log.join('\n')}`);
}

/** The address a server says it listens at, as soon as it does. */
function listening(child: ChildProcess, stderr: Interface, log: string[]): Promise<URL> {
  return new Promise((resolve, reject) => {
    stderr.on('line', (line) => {
      log.push(line);
      const [, url] = /serves MCP at (\S+)/.exec(line) ?? [];
      if (url !== undefined) resolve(new URL(url));
    });
    child.once('close', () => {
      reject(new Error(`The server did not start:\n${log.join('\n')}`));
    });
  });
}
