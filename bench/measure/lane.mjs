import { HttpConnection } from './http-connection.mjs';
import { quantile } from './median.mjs';
import { callTemplate, listTemplate } from './requests.mjs';
import { openSession } from './session.mjs';

const CLIENTS = 16;

/** One question asked of one server in one era by several clients, each with its own connection and session. */
export class Lane {
  #child;
  #templates;
  #asked = 0;

  /** Opens the clients' sessions where the era has them. */
  static async open(child, { kind, era, bare }) {
    const { port } = child;
    const template = kind === 'list' ? listTemplate : callTemplate;
    const greet =
      bare || era === '2026' ? () => bare?.session : (connection) => openSession(connection, port);
    const sessions = await withConnections(port, (connections) => Promise.all(connections.map(greet)));
    return new Lane(
      child,
      sessions.map((session) => template({ port, path: bare?.path, era, session })),
    );
  }

  constructor(child, templates) {
    this.#child = child;
    this.#templates = templates;
  }

  /** Asks the n-th question once. */
  async ask(n) {
    return await withConnections(this.#child.port, ([connection]) =>
      check(connection, this.#templates[0](n)),
    );
  }

  /** Asks so many times; resolves with CPU a call of the server, calls a second and the 99th percentile. */
  async run(calls) {
    return await withConnections(this.#child.port, async (connections) => {
      // A server that has waited for its turn has let go of memory, and gets it back with its first calls.
      await this.#share(connections, Math.max(CLIENTS, Math.ceil(calls / 4)));
      const cpu = await this.#child.cpu();
      const start = performance.now();
      const latencies = await this.#share(connections, calls);
      const seconds = (performance.now() - start) / 1000;
      const used = (await this.#child.cpu()) - cpu;
      return { cpu: used / calls, throughput: calls / seconds, p99: quantile(latencies, 0.99) };
    });
  }

  /** Each client asks its next question as soon as the last is answered, until all are asked. */
  async #share(connections, calls) {
    const latencies = new Float64Array(calls);
    let begun = 0;
    const client = async (connection, index) => {
      while (begun < calls) {
        const slot = begun++;
        const question = this.#templates[index](this.#asked++);
        const sent = performance.now();
        await check(connection, question);
        latencies[slot] = performance.now() - sent;
      }
    };
    await awake(Promise.all(connections.map(client)));
    return latencies;
  }
}

/**
 * Waits without letting this thread sleep. A sleeping reader is woken by the kernel at the writer's cost: a server that leaves the
 * runner waiting would pay for that with each answer, and a fast one would not.
 */
async function awake(work) {
  let waiting = true;
  const spin = () => waiting && setImmediate(spin);
  spin();
  try {
    return await work;
  } finally {
    waiting = false;
  }
}

// Opened anew for each use: between two of them a server may have closed an idle connection.
async function withConnections(port, use) {
  const connections = await Promise.all(Array.from({ length: CLIENTS }, () => HttpConnection.open(port)));
  try {
    return await use(connections);
  } finally {
    for (const connection of connections) connection.close();
  }
}

async function check(connection, { text, expected }) {
  const answer = await connection.exchange(text);
  if (answer.status !== 200 || !answer.body.includes(expected)) {
    throw new Error(`Expected ${expected}, was answered ${answer.status} ${answer.body}\nto ${text}`);
  }
  return answer;
}
