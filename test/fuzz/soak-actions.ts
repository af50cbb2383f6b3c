import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { badMessage } from './bad-messages.js';
import { badFrame } from './bad-requests.js';
import type { Random } from './random.js';
import { META, type SoakClient } from './soak-client.js';

/** What a client may do to a server, once; ends when the client has left. */
export type Action = (client: SoakClient, random: Random) => Promise<void>;

const LOGS = { 'io.modelcontextprotocol/logLevel': 'debug' };
const call = (name: string, args: object): { name: string; arguments: object } => ({ name, arguments: args });

/** Everything clients do, by name. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  async 'calls of 2026-07-28'(client) {
    for (let i = 0; i < 5; i++) await client.modern('tools/call', call('echo', { text: 'a' })).text;
  },

  async 'left before the answer'(client, random) {
    const sent = client.modern(
      'tools/call',
      call(random.pick(['waits', 'deaf']), { ms: 100 + random.below(400) }),
    );
    await delay(random.below(100));
    sent.leave();
    await sent.text;
  },

  async 'left in the middle of a stream'(client, random) {
    const sent = client.modern('tools/call', call('floods', { count: 500 }), LOGS);
    sent.hear(() => {
      if (random.chance(0.1)) sent.leave();
    });
    await sent.text;
  },

  /** Asks for megabytes, reads nothing, and is gone or cut off. */
  async 'slow readers'(client, random) {
    const params = { ...call('floods', { count: 1000 }), _meta: { ...META, ...LOGS } };
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });
    const head = [
      `POST ${client.url.pathname} HTTP/1.1`,
      `host: ${client.url.host}`,
      'content-type: application/json',
      'mcp-protocol-version: 2026-07-28',
      'mcp-method: tools/call',
      'mcp-name: floods',
      `content-length: ${body.length}`,
    ];
    await raw(client, `${head.join('\r\n')}\r\n\r\n${body}`, 100 + random.below(500), false);
  },

  async listeners(client, random) {
    const notifications = { toolsListChanged: true, resourceSubscriptions: ['soak://watched'] };
    const sent = client.modern('subscriptions/listen', { notifications });
    await delay(50 + random.below(500));
    sent.leave();
    await sent.text;
  },

  async changes(client) {
    await client.modern('tools/call', call('changes', {})).text;
  },

  async questions(client, random) {
    const text = (await client.modern('tools/call', call('asks', {})).text) ?? '{}';
    const { result } = JSON.parse(text) as { result?: { inputRequests?: object; requestState?: string } };
    const [key] = Object.keys(result?.inputRequests ?? {});
    if (key === undefined || random.chance(0.5)) return;
    const inputResponses = { [key]: { action: 'decline' } };
    await client.modern('tools/call', {
      ...call('asks', {}),
      requestState: result?.requestState,
      inputResponses,
    }).text;
  },

  async garbage(client, random) {
    await client.post(badMessage(random)).text;
    await raw(client, badFrame(random), 50, true);
  },

  async 'half a request'(client, random) {
    const head = `POST /mcp HTTP/1.1\r\nhost: ${client.url.host}\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"json`;
    await raw(client, head, random.below(200), true);
  },

  async 'the older transport'(client, random) {
    const stream = client.send('GET', { accept: 'text/event-stream' }, '', '/sse');
    const path = await new Promise<string | undefined>((resolve) => {
      stream.hear((piece) => {
        resolve(/data: (\S+)/.exec(piece)?.[1]);
      });
      void stream.text.then(() => {
        resolve(undefined);
      });
    });
    if (path !== undefined) {
      const clientInfo = { name: 'soak', version: '1' };
      const params = { protocolVersion: '2024-11-05', capabilities: {}, clientInfo };
      await client.post({ jsonrpc: '2.0', id: 0, method: 'initialize', params }, {}, path).text;
      const slow = {
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: call('waits', { ms: random.below(300) }),
      };
      await client.post(slow, {}, path).text;
    }
    stream.leave();
    await stream.text;
  },
};

/** Writes bytes and leaves after a time; reads what comes only if it is told to. */
async function raw(client: SoakClient, bytes: string, ms: number, reads: boolean): Promise<void> {
  const socket = connect(Number(client.url.port), client.url.hostname);
  socket.on('error', () => undefined);
  if (reads) socket.resume();
  else socket.pause();
  socket.write(Buffer.from(bytes, 'latin1'));
  await delay(ms);
  socket.destroy();
}
