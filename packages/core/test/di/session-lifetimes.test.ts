import {
  createApp,
  Injectable,
  McpModule,
  Middleware,
  Principal,
  Tool,
  type App,
  type Call,
  type Next,
} from '@tenon/core';
import { createTestServer, ManualClock, RecordingLogger } from '@tenon/testing';

const MINUTE = 60_000;
let events: string[] = [];
let count = 0;

@Injectable({ lifetime: 'session' })
class Cart {
  readonly id = ++count;
  onClose() {
    events.push(`Cart ${this.id} closed`);
  }
}

@Injectable({ lifetime: 'session', sessionless: 'principal' })
class Shared {
  readonly id = ++count;
  onClose() {
    events.push(`Shared ${this.id} closed`);
  }
}

class Tools {
  @Tool() cart(cart: Cart, again: Cart) {
    return cart === again ? String(cart.id) : 'two';
  }
  @Tool() shared(shared: Shared) {
    return String(shared.id);
  }
}

@McpModule({ name: 't', version: '1', providers: [Cart, Shared], handlers: [Tools] })
class Root {}

interface Caller {
  callTool(params: { name: string }): Promise<unknown>;
}

async function text(client: Caller, name: string): Promise<string> {
  const { content } = (await client.callTool({ name })) as { content: { text: string }[] };
  return content[0]?.text ?? '';
}

async function local(app: App, name: string, principal?: Principal): Promise<string> {
  const { content } = await app.callTool(name, {}, principal ? { principal } : {});
  return (content[0] as { text: string }).text;
}

const alice = new Principal({ issuer: 'i', subject: 'alice' });
const bob = new Principal({ issuer: 'i', subject: 'bob' });

beforeEach(() => {
  events = [];
  count = 0;
});

test('on 2025-11-25 a session instance is one a session, closed when the session ends', async () => {
  await using server = await createTestServer(Root);
  const first = await server.connect('2025-11-25');
  const second = await server.connect('2025-11-25');
  expect(await text(first, 'cart')).toBe('1');
  expect(await text(first, 'cart')).toBe('1');
  expect(await text(second, 'cart')).toBe('2');
  expect(events).toEqual([]);
  await first.close();
  expect(events).toEqual(['Cart 1 closed']);
});

test('on 2025-11-25 what may be shared by a principal lives in its session all the same', async () => {
  await using server = await createTestServer(Root);
  const first = await server.connect('2025-11-25', { principal: alice });
  const second = await server.connect('2025-11-25', { principal: alice });
  expect(await text(first, 'shared')).toBe('1');
  expect(await text(first, 'shared')).toBe('1');
  expect(await text(second, 'shared')).toBe('2');
});

test('on 2026-07-28 a session instance is one a message, closed with it', async () => {
  await using server = await createTestServer(Root);
  const client = await server.connect('2026-07-28', { principal: alice });
  expect(await text(client, 'cart')).toBe('1');
  expect(events).toEqual(['Cart 1 closed']);
  expect(await text(client, 'cart')).toBe('2');
});

test('on 2026-07-28 one principal shares an instance over connections, another has its own', async () => {
  await using server = await createTestServer(Root, { clock: new ManualClock() });
  const first = await server.connect('2026-07-28', { principal: alice });
  const second = await server.connect('2026-07-28', { principal: alice });
  const other = await server.connect('2026-07-28', { principal: bob });
  expect(await text(first, 'shared')).toBe('1');
  expect(await text(second, 'shared')).toBe('1');
  expect(await text(other, 'shared')).toBe('2');
  expect(events).toEqual([]);
});

test('anonymous callers never share', async () => {
  await using server = await createTestServer(Root);
  const client = await server.connect('2026-07-28');
  expect(await text(client, 'shared')).toBe('1');
  expect(await text(client, 'shared')).toBe('2');
  expect(events).toEqual(['Shared 1 closed', 'Shared 2 closed']);
});

test('a shared instance goes after five minutes without a message, and not before', async () => {
  const clock = new ManualClock();
  const app = createApp(Root, { clock });
  expect(await local(app, 'shared', alice)).toBe('1');
  clock.advance(4 * MINUTE);
  expect(await local(app, 'shared', alice)).toBe('1');
  clock.advance(4 * MINUTE);
  expect(events).toEqual([]);
  clock.advance(MINUTE + 1000);
  expect(events).toEqual(['Shared 1 closed']);
  expect(await local(app, 'shared', alice)).toBe('2');
  await app.close();
  expect(events).toEqual(['Shared 1 closed', 'Shared 2 closed']);
});

test('a message under way keeps its shared instance, however long it takes', async () => {
  let release = (): void => undefined;
  class Slow {
    @Tool() async slow(_shared: Shared) {
      await new Promise<void>((resolve) => (release = resolve));
      return 'done';
    }
  }
  @McpModule({ name: 't', version: '1', providers: [Shared], handlers: [Slow] })
  class Module {}
  const clock = new ManualClock();
  const app = createApp(Module, { clock });
  await app.start();
  const slow = local(app, 'slow', alice);
  await Promise.resolve();
  clock.advance(30 * MINUTE);
  expect(events).toEqual([]);
  release();
  await slow;
  clock.advance(5 * MINUTE + 1000);
  expect(events).toEqual(['Shared 1 closed']);
  await app.close();
});

test('shared instances are bounded: the principal longest quiet makes room', async () => {
  const app = createApp(Root, { clock: new ManualClock() });
  for (let i = 0; i < 1000; i++) await local(app, 'shared', new Principal({ issuer: 'i', subject: `s${i}` }));
  await local(app, 'shared', new Principal({ issuer: 'i', subject: 's0' }));
  expect(events).toEqual([]);
  await local(app, 'shared', alice);
  expect(events).toEqual(['Shared 2 closed']);
  await app.close();
  expect(events).toHaveLength(1001);
});

test('a close that fails is logged when a session ends', async () => {
  @Injectable({ lifetime: 'session' })
  class Broken {
    onClose() {
      return Promise.reject(new Error('broken'));
    }
  }
  class Uses {
    @Tool() use(_broken: Broken) {
      return 'ok';
    }
  }
  @McpModule({ name: 't', version: '1', providers: [Broken], handlers: [Uses] })
  class Module {}
  const logger = new RecordingLogger();
  const server = await createTestServer(Module, { logger });
  const client = await server.connect('2025-11-25');
  await text(client, 'use');
  await server.close();
  expect(logger.lines.map((line) => [line.level, (line.fields.err as Error).message])).toEqual([
    ['error', 'broken'],
  ]);
});

test('what a message makes after its session has ended is closed as well', async () => {
  let release = (): void => undefined;
  let reached = (): void => undefined;
  const waiting = new Promise<void>((resolve) => (reached = resolve));
  const released = new Promise<void>((resolve) => (release = resolve));
  @Middleware()
  @Injectable({ lifetime: 'request' })
  class Waits {
    async onCallTool(_call: Call, next: Next) {
      reached();
      await released;
      return (await next()) as never;
    }
  }
  @McpModule({ name: 't', version: '1', providers: [Cart, Shared], handlers: [Tools], middleware: [Waits] })
  class Module {}
  const server = await createTestServer(Module);
  const client = await server.connect('2025-11-25');
  const call = client.callTool({ name: 'cart' }).catch(() => undefined);
  await waiting;
  await client.close();
  release();
  await call;
  await new Promise((resolve) => setImmediate(resolve));
  await server.close();
  expect(count).toBe(1);
  expect(events).toEqual(['Cart 1 closed']);
});
