import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describeWith, REDIS, start, type RunningServer } from '../servers/debian-server.js';

const CALLER = join(__dirname, 'caller.program.mjs');

interface Said {
  readonly allowed: number;
  readonly denied: number;
  readonly failed: readonly string[];
}

describeWith(REDIS, 'a rate limit of four processes in one Redis', () => {
  let server: RunningServer;
  beforeEach(async () => {
    server = await start(REDIS);
  });
  afterEach(() => server.stop());

  /** What came of all requests together. */
  async function ask(algorithm: string, limit: number, requests: number): Promise<Said> {
    const args = [CALLER, String(server.port), algorithm, String(limit), String(requests)];
    const ran = await Promise.all([1, 2, 3, 4].map(() => promisify(execFile)(process.execPath, args)));
    const said = ran.map(({ stdout }) => JSON.parse(stdout) as Said);
    const sum = (of: (one: Said) => number) => said.reduce((all, one) => all + of(one), 0);
    return {
      allowed: sum(({ allowed }) => allowed),
      denied: sum(({ denied }) => denied),
      failed: said.flatMap(({ failed }) => failed),
    };
  }

  test.each(['token_bucket', 'sliding_window'])(
    '%s lets through what it says, to the request',
    async (algorithm) => {
      expect(await ask(algorithm, 500, 2000)).toEqual({ allowed: 500, denied: 7500, failed: [] });
    },
  );

  test('keeps no process out while there is room', async () => {
    expect(await ask('token_bucket', 1_000_000, 20_000)).toEqual({ allowed: 80_000, denied: 0, failed: [] });
  });
});
