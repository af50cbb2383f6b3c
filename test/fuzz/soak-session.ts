import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from './random.js';
import type { Action } from './soak-actions.js';
import type { Sent, SoakClient } from './soak-client.js';

const VERSIONS = ['2025-11-25', '2025-06-18', '2025-03-26'] as const;

/** A session of the older era, from its beginning to its end, or to where its client leaves it. */
export const sessionAction: Action = async (client, random) => {
  const version = random.pick(VERSIONS);
  const clientInfo = { name: 'soak', version: '1' };
  const params = { protocolVersion: version, capabilities: { elicitation: {} }, clientInfo };
  const begun = client.post({ jsonrpc: '2.0', id: 0, method: 'initialize', params });
  const id = (await begun.response)?.headers['mcp-session-id'];
  await begun.text;
  if (typeof id !== 'string') return;
  const session = new SoakSession(client, { 'mcp-session-id': id, 'mcp-protocol-version': version });
  await session.tell('notifications/initialized');
  const streams = random.chance(0.5) ? [session.listen()] : [];
  for (let i = 0; i < 6; i++) await random.pick(DEEDS)(session, random);
  if (version === '2025-03-26') await session.batch();
  if (random.chance(0.6)) await session.end();
  // Otherwise it is left as it is, for the server to find it quiet.
  for (const stream of streams) stream.leave();
  await Promise.all(streams.map((stream) => stream.text));
};

const DEEDS: readonly ((session: SoakSession, random: Random) => Promise<unknown>)[] = [
  (session) => session.call('echo', { text: 'a' }).text,
  (session) => session.ask('tools/list', {}).text,
  (session) => session.ask('resources/subscribe', { uri: 'soak://watched' }).text,
  (session) => session.ask('resources/unsubscribe', { uri: 'soak://watched' }).text,
  (session) => session.call('changes', {}).text,
  async (session, random) => {
    const call = session.call(random.pick(['waits', 'deaf']), { ms: 200 + random.below(300) });
    await delay(random.below(50));
    await session.tell('notifications/cancelled', { requestId: session.lastId, reason: 'enough' });
    await call.text;
  },
  async (session, random) => {
    const call = session.call('floods', { count: 100 });
    await delay(random.below(20));
    call.leave();
    await call.text;
  },
  async (session, random) => {
    const call = session.call('asks', {});
    if (random.chance(0.7)) call.hear((piece) => void session.answer(piece));
    else setTimeout(() => void session.tell('notifications/cancelled', { requestId: session.lastId }), 50);
    await Promise.race([call.text, delay(1000)]);
    call.leave();
  },
];

class SoakSession {
  lastId = 0;
  readonly #client: SoakClient;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(client: SoakClient, headers: Readonly<Record<string, string>>) {
    this.#client = client;
    this.#headers = headers;
  }

  ask(method: string, params: object): Sent {
    return this.#client.post({ jsonrpc: '2.0', id: ++this.lastId, method, params }, this.#headers);
  }

  call(name: string, args: object): Sent {
    return this.ask('tools/call', { name, arguments: args });
  }

  async tell(method: string, params: object = {}): Promise<void> {
    await this.#client.post({ jsonrpc: '2.0', method, params }, this.#headers).text;
  }

  /** Answers a question in a piece of a stream. */
  async answer(piece: string): Promise<void> {
    const id = /"id":"(server-\d+)"/.exec(piece)?.[1];
    if (id !== undefined)
      await this.#client.post({ jsonrpc: '2.0', id, result: { action: 'decline' } }, this.#headers).text;
  }

  listen(): Sent {
    return this.#client.send('GET', { accept: 'text/event-stream', ...this.#headers });
  }

  async batch(): Promise<void> {
    const messages = [1, 2, 3].map((i) => ({ jsonrpc: '2.0', id: `b${i}`, method: 'ping' }));
    await this.#client.post(messages, this.#headers).text;
  }

  async end(): Promise<void> {
    await this.#client.send('DELETE', this.#headers).text;
  }
}
