import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Child, cleanEnvironment } from './child.mjs';
import { HttpConnection } from './http-connection.mjs';
import { median } from './median.mjs';
import { INITIALIZE, request } from './requests.mjs';

const HELLO = `${JSON.stringify(INITIALIZE)}\n`;

/** Milliseconds from spawn until initialize is answered, servers in turn: the median of so many starts each. */
export async function measureStarts(servers, transport, starts) {
  const start = transport === 'stdio' ? startStdio : startHttp;
  const times = new Map(servers.map((server) => [server, []]));
  for (const server of servers) await start(server); // files into the page cache
  for (let round = 0; round < starts; round++) {
    for (const server of servers) times.get(server).push(await start(server));
  }
  return servers.map((server) => ({ name: server.name, milliseconds: median(times.get(server)) }));
}

async function startStdio({ file }) {
  const began = performance.now();
  const child = spawn(process.execPath, [fileURLToPath(new URL(`../${file}`, import.meta.url))], {
    env: { ...cleanEnvironment(), NODE_ENV: 'production' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.write(HELLO);
  await new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (text) => (said += text).includes('"serverInfo"') && resolve());
    child.once('exit', () => reject(new Error(`${file} ended before it answered: ${said}`)));
  });
  const milliseconds = performance.now() - began;
  child.kill('SIGKILL');
  await once(child, 'exit');
  return milliseconds;
}

async function startHttp(server) {
  const began = performance.now();
  const child = await Child.start(server, { watched: false });
  const connection = await HttpConnection.open(child.port);
  const { status } = await connection.exchange(
    request({ port: child.port, body: JSON.stringify(INITIALIZE) }),
  );
  const milliseconds = performance.now() - began;
  connection.close();
  await child.stop();
  // The bare server knows no initialize: its refusal is an answer too.
  if (status !== 200 && !server.bare) throw new Error(`${server.name} refused initialize with ${status}.`);
  return milliseconds;
}
