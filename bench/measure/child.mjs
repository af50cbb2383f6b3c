import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const PRELOAD = new URL('report-cpu.mjs', import.meta.url).href;

/** A server in a process of its own, watched from outside. */
export class Child {
  #process;

  /** Starts a server and resolves when it listens. */
  static async start({ file, env = {}, quiet = false }, { watched = true } = {}) {
    const port = await freePort();
    const child = fork(fileURLToPath(new URL(`../${file}`, import.meta.url)), [], {
      env: { ...cleanEnvironment(), ...env, NODE_ENV: 'production', PORT: String(port) },
      execArgv: watched ? ['--expose-gc', '--import', PRELOAD] : [],
      stdio: ['ignore', 'pipe', quiet ? 'ignore' : 'pipe', 'ipc'],
    });
    let said = '';
    child.stderr?.on('data', (text) => (said += text));
    await new Promise((resolve, reject) => {
      child.stdout.on('data', (text) => String(text).includes('listening') && resolve());
      child.once('exit', (code) =>
        reject(new Error(`${file} ended with ${code} before it listened.\n${said}`)),
      );
    });
    return new Child(child, port);
  }

  constructor(child, port) {
    this.#process = child;
    this.port = port;
  }

  /** Microseconds of CPU, user and system, since the process began. */
  async cpu() {
    const { cpu } = await this.#ask('cpu');
    return cpu.user + cpu.system;
  }

  /** Memory after a full collection. */
  async memory() {
    return (await this.#ask('memory')).memory;
  }

  async stop() {
    this.#process.kill('SIGKILL');
    await once(this.#process, 'exit');
  }

  async #ask(question) {
    this.#process.send(question);
    const [answer] = await once(this.#process, 'message');
    return answer;
  }
}

/** The environment without what would change how Node runs. */
export function cleanEnvironment() {
  const { NODE_OPTIONS: _, ...rest } = process.env;
  return rest;
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}
