import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Random } from './random.js';
import { ACTIONS, type Action } from './soak-actions.js';
import { SoakClient } from './soak-client.js';
import { sessionAction } from './soak-session.js';

/** What a server holds. */
interface State {
  readonly counts: Readonly<Record<string, number>>;
  readonly resources: readonly string[];
  readonly heapUsed: number;
  readonly rss: number;
}

/** What came of a run. */
export interface SoakResult {
  /** How often each action was taken. */
  readonly actions: ReadonlyMap<string, number>;
  /** The most the server held at one time. */
  readonly most: ReadonlyMap<string, number>;
  readonly before: State;
  readonly after: State;
  readonly problems: readonly string[];
}

/** After the last client has left, a server has so long to let go of everything, in milliseconds. */
const LETTING_GO_MS = 15_000;
/** What a run may leave on the heap, compiled code above all: it does not grow with its length. */
const MAX_LEFT = 32 * 1024 * 1024;

/** Wears a server out for some time, and looks whether it holds anything afterwards; `script` is the built `soak-server.ts`. */
export async function soak(
  script: string,
  of: { ms: number; seed: number; clients: number },
): Promise<SoakResult> {
  const server = await SoakServer.start(script);
  const client = new SoakClient(server.url);
  const before = await server.state('rest');
  const [actions, most] = [new Map<string, number>(), new Map<string, number>()];
  const all: readonly (readonly [string, Action])[] = [
    ...Object.entries(ACTIONS),
    ...Array.from({ length: 4 }, () => ['sessions', sessionAction] as const),
  ];
  const until = performance.now() + of.ms;
  const one = async (index: number): Promise<void> => {
    const random = new Random(of.seed + index);
    while (performance.now() < until && server.alive) {
      const [name, act] = random.pick(all);
      actions.set(name, (actions.get(name) ?? 0) + 1);
      await act(client, random);
    }
  };
  const watching = watch(server, most, until);
  await Promise.all(Array.from({ length: of.clients }, (_, index) => one(index)));
  await watching;
  client.close();
  const after = await letGo(server, before);
  const left = after.heapUsed - before.heapUsed;
  const problems = [
    ...heldProblems(before, after),
    ...(left > MAX_LEFT ? [`the heap has grown by ${left} bytes`] : []),
    ...(await server.stop()),
  ];
  return { actions, most, before, after, problems };
}

async function watch(server: SoakServer, most: Map<string, number>, until: number): Promise<void> {
  while (performance.now() < until && server.alive) {
    const { counts } = await server.state();
    for (const [name, count] of Object.entries(counts)) most.set(name, Math.max(most.get(name) ?? 0, count));
    await delay(100);
  }
}

/** Waits until the server holds what it held before, but not for ever. */
async function letGo(server: SoakServer, before: State): Promise<State> {
  const until = performance.now() + LETTING_GO_MS;
  while (heldProblems(before, await server.state()).length > 0 && performance.now() < until && server.alive)
    await delay(200);
  return server.state('rest');
}

function heldProblems(before: State, after: State): readonly string[] {
  const held = Object.entries(after.counts).filter(([, count]) => count !== 0);
  const [had, has] = [before, after].map(({ resources }) => [...resources].sort().join(' '));
  return [
    ...held.map(([name, count]) => `${name}: ${count}`),
    ...(had === has ? [] : [`active resources were ${String(had)} and are ${String(has)}`]),
  ];
}

/** The server in its own process. */
class SoakServer {
  readonly url: string;
  readonly #child;

  private constructor(child: ReturnType<typeof fork>, url: string) {
    this.#child = child;
    this.url = url;
  }

  static async start(script: string): Promise<SoakServer> {
    const child = fork(script, { execArgv: ['--expose-gc'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const [{ url }] = (await once(child, 'message')) as [{ url: string }];
    return new SoakServer(child, url);
  }

  get alive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** At `rest` garbage is collected first. */
  async state(asked: 'state' | 'rest' = 'state'): Promise<State> {
    if (!this.alive) return { counts: { ended: 1 }, resources: [], heapUsed: 0, rss: 0 };
    this.#child.send(asked);
    const [state] = (await once(this.#child, 'message')) as [State];
    return state;
  }

  /** Closes the app and lets the process end by itself; what keeps it from that is a problem. */
  async stop(): Promise<readonly string[]> {
    if (!this.alive) return [`the server has ended with ${String(this.#child.exitCode)}`];
    this.#child.send('close');
    const [{ counts }] = (await once(this.#child, 'message')) as [State];
    const ended = once(this.#child, 'exit');
    this.#child.disconnect();
    const late = await Promise.race([ended.then(() => false), delay(5000, true, { ref: false })]);
    if (late) this.#child.kill('SIGKILL');
    return [
      ...Object.entries(counts).flatMap(([name, count]) =>
        count === 0 ? [] : [`${name} after close(): ${count}`],
      ),
      ...(late ? ['something keeps the process after close()'] : []),
    ];
  }
}
