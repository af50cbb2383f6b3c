/**
 * The fixture: over HTTP on the port it is told, or over stdio.
 *
 *     npm run conformance:server -- --port 8000 | --transport stdio
 */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { bootstrap, createApp } from 'tenon';
import { http } from 'tenon/http';
import { FixtureModule } from './fixture-module.js';

const { values } = parseArgs({
  strict: false,
  options: { transport: { type: 'string' }, port: { type: 'string', default: '8000' } },
});

// A port alone means HTTP: that is how the suite is pointed at it.
if (values.transport === 'stdio') await bootstrap(FixtureModule);
else await serve(Number(values.port));

/** With streams that can be taken up again, which no flag of the command line asks for. */
async function serve(port: number): Promise<void> {
  const app = createApp(FixtureModule);
  const { url } = await app.serve(http({ port, resumable: { retryMs: 500 } }));
  const ended = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  process.stderr.write(`conformance-fixture serves MCP at ${url ?? ''}\n`);
  await ended;
  await app.close();
}
