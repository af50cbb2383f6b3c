import { StdioClientTransport as ModernStdio } from '@modelcontextprotocol/client/stdio';
import { StdioClientTransport as LegacyStdio } from '@modelcontextprotocol/sdk/client/stdio.js';
import { fileURLToPath } from 'node:url';
import type { Answers } from './answers.js';
import { CheckingClient } from './checking-client.js';
import { environmentOf, type ProgramOptions } from './program.js';

/** How a server is started for a single client, and what that client can be asked. */
export interface StdioOptions extends ProgramOptions {
  readonly answers?: Answers;
}

/** Runs a check against a program over stdio, started anew for the client of each era. */
export async function overStdio(
  program: URL,
  check: (client: CheckingClient) => Promise<void>,
  options: StdioOptions = {},
): Promise<void> {
  const command = {
    command: process.execPath,
    args: [fileURLToPath(program), ...(options.args ?? []), '--transport', 'stdio'],
    env: environmentOf(options),
    stderr: 'ignore' as const,
  };
  for (const [version, Stdio] of [
    ['2025-11-25', LegacyStdio],
    ['2026-07-28', ModernStdio],
  ] as const) {
    const client = await CheckingClient.connect(new Stdio(command), version, options.answers);
    await check(client).finally(() => client.close());
  }
}
