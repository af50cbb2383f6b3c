import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { REDIS, startAt, type DebianServer, type RunningServer } from './debian-server.js';
import { freePort } from './free-port.js';

/** What a cluster is made with; of the same Debian package as the server. */
export const REDIS_CLI: DebianServer = { command: 'redis-cli', debian: 'redis-tools', args: () => [] };

/** Three masters of Redis that share the keys. */
export interface RedisCluster {
  readonly ports: readonly number[];
  stop(): Promise<void>;
}

/** Starts a cluster on ports of its own, and waits until all of it knows all of it. */
export async function startCluster(): Promise<RedisCluster> {
  const folder = await mkdtemp(join(tmpdir(), 'tenon-cluster-'));
  const nodes: RunningServer[] = [];
  for (const name of ['a', 'b', 'c']) {
    const config = ['--cluster-enabled', 'yes', '--cluster-config-file', join(folder, name)];
    nodes.push(await startAt(await lowPort(), REDIS, ...config, '--cluster-node-timeout', '2000'));
  }
  const ports = nodes.map(({ port }) => port);
  const cli = (...args: readonly string[]) => promisify(execFile)('redis-cli', args);
  await cli('--cluster', 'create', ...ports.map((port) => `127.0.0.1:${port}`), '--cluster-yes');
  for (const port of ports)
    while (!(await cli('-p', String(port), 'cluster', 'info')).stdout.includes('cluster_state:ok'))
      await new Promise((resolve) => setTimeout(resolve, 50));
  return {
    ports,
    stop: async () => {
      await Promise.all(nodes.map((node) => node.stop()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Nodes speak among themselves on a port that is 10 000 above. */
async function lowPort(): Promise<number> {
  const port = await freePort();
  return port < 55_000 ? port : lowPort();
}
