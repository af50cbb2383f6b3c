import { Components, createApp, Injectable, McpModule, Resource, Tool, tool, type App } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import { connect, WAYS, type Connected } from './connect.js';

@Injectable()
class Board {
  notes: string[] = [];

  constructor(private readonly components: Components) {}

  @Resource('board://notes') list() {
    return this.notes;
  }

  @Resource('board://{id}') note(id: string) {
    return id;
  }

  @Tool() write(text: string) {
    this.notes.push(text);
    this.components.updated('board://notes');
    return this.notes.length;
  }

  @Tool() offer(name: string) {
    this.components.add(tool({ name, run: () => name }), tool({ name: `${name}2`, run: () => name }));
  }
}

@McpModule({ name: 'board', version: '1.0.0', handlers: [Board] })
class BoardModule {}

/** Waits until something has been heard, or some time is over. */
async function until(done: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !done(); i++) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe.each(WAYS)('over $over, in $version', (way) => {
  let app: App;
  let connected: Connected;
  let heard: { method: string; params?: { uri?: string } }[];

  beforeEach(async () => {
    app = createApp(BoardModule, { logger: new RecordingLogger() });
    connected = await connect(app, way);
    heard = [];
    connected.client.fallbackNotificationHandler = (notification) => {
      heard.push(notification as never);
      return Promise.resolve();
    };
  });
  afterEach(async () => {
    await connected.client.close();
    await app.close();
  });

  /** Asks to be told of what is listed and of one resource, as the revision has it. */
  async function listen(): Promise<() => Promise<unknown>> {
    const { client } = connected;
    if (way.version === '2025-11-25') {
      await client.subscribeResource({ uri: 'board://notes' });
      return () => client.unsubscribeResource({ uri: 'board://notes' });
    }
    const subscription = await (
      client as unknown as { listen(filter: object): Promise<{ close(): Promise<void> }> }
    ).listen({ toolsListChanged: true, resourceSubscriptions: ['board://notes', 'nowhere://'] });
    return () => subscription.close();
  }

  test('whoever watches a resource is told when it changes, until they no longer watch', async () => {
    const stop = await listen();
    await connected.call('write', { text: 'a' });
    await until(() => heard.length > 0);
    expect(heard).toMatchObject([
      { method: 'notifications/resources/updated', params: { uri: 'board://notes' } },
    ]);
    await stop();
    await connected.call('write', { text: 'b' });
    await connected.call('write', { text: 'c' });
    expect(heard).toHaveLength(1);
  });

  test('changes of a list made together are told once', async () => {
    await listen();
    await connected.call('offer', { name: 'x' });
    await until(() => heard.length > 0);
    expect(heard.map(({ method }) => method)).toEqual(['notifications/tools/list_changed']);
    expect((await connected.client.listTools()).tools.map(({ name }) => name)).toEqual([
      'write',
      'offer',
      'x',
      'x2',
    ]);
  });

  test('who has not asked hears nothing of resources', async () => {
    await connected.call('write', { text: 'a' });
    await connected.client.listTools();
    expect(heard).toEqual([]);
  });

  test('a resource nobody may see cannot be watched', async () => {
    if (way.version === '2026-07-28') return expect(listen()).resolves.toBeDefined();
    await expect(connected.client.subscribeResource({ uri: 'nowhere://' })).rejects.toMatchObject({
      code: -32002,
    });
  });
});
