import type { CheckingClient } from './checking-client.js';
import { overHttp } from './over-http.js';
import { overStdio, type StdioOptions } from './over-stdio.js';

/** Runs a check against a program over HTTP and stdio, with the official client of each era. */
export async function eachWay(
  program: URL,
  check: (client: CheckingClient) => Promise<void>,
  options: StdioOptions = {},
): Promise<void> {
  await overHttp(
    program,
    async ({ connect }) => {
      await check(await connect('2025-11-25', options.answers));
      await check(await connect('2026-07-28', options.answers));
    },
    options,
  );
  await overStdio(program, check, options);
}
