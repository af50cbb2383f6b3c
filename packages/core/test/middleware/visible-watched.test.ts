import {
  Components,
  Injectable,
  McpModule,
  Middleware,
  Resource,
  type Call,
  type Component,
  type MiddlewareListing,
  type Next,
} from '@tenon/core';
import { createTestServer, RecordingLogger } from '@tenon/testing';

class Data {
  @Resource('data://open') open() {
    return 'open';
  }
  @Resource('data://secret', { tags: ['admin'] }) secret() {
    return 'secret';
  }
}

describe.each(['2025-11-25', '2026-07-28'] as const)('what is watched, in %s', (version) => {
  /** A server, a client that watches two resources, and of which of them it has heard. */
  async function watching(middleware: readonly MiddlewareListing[], logger = new RecordingLogger()) {
    @McpModule({ name: 't', version: '1', handlers: [Data], middleware })
    class Root {}
    const server = await createTestServer(Root, { logger });
    const client = await server.connect(version);
    const heard: string[] = [];
    client.fallbackNotificationHandler = ({ method, params }) => {
      if (method === 'notifications/resources/updated') heard.push(String(params?.uri));
      return Promise.resolve();
    };
    const uris = ['data://open', 'data://secret'];
    const watch = (...watched: string[]): Promise<unknown> =>
      version === '2025-11-25'
        ? Promise.all(watched.map((uri) => client.subscribeResource({ uri })))
        : (client as unknown as { listen(filter: object): Promise<unknown> }).listen({
            resourceSubscriptions: watched,
          });
    await watch(...uris);
    /** What is heard of both having changed. */
    const hearsOf = async (): Promise<readonly string[]> => {
      heard.length = 0;
      for (const uri of uris) server.app.updated(uri);
      await client.listResources();
      return [...heard];
    };
    return { server, hearsOf, watch };
  }

  test.each(['never', 'principal', 'session', 'call'] as const)(
    'what is hidden meanwhile is told of no longer, until it is shown again (%s)',
    async (varies) => {
      let hidden = false;
      @Middleware({ varies })
      class Hides {
        visible({ tags }: Component) {
          return !(hidden && tags.has('admin'));
        }
      }
      const { server, hearsOf } = await watching([Hides]);
      await using _ = server;
      expect(await hearsOf()).toEqual(['data://open', 'data://secret']);
      hidden = true;
      server.app.get(Components).changed();
      expect(await hearsOf()).toEqual(['data://open']);
      hidden = false;
      server.app.get(Components).changed();
      expect(await hearsOf()).toEqual(['data://open', 'data://secret']);
    },
  );

  test('what onRequest has fetched for one message is still there when it is asked later', async () => {
    @Injectable({ lifetime: 'request' })
    @Middleware()
    class Fetches {
      rights = new Set<string>();
      onRequest(_call: Call, next: Next) {
        this.rights.add('admin');
        return next();
      }
      visible({ tags }: Component) {
        return [...tags].every((tag) => this.rights.has(tag));
      }
    }
    const { server, hearsOf } = await watching([Fetches]);
    await using _ = server;
    expect(await hearsOf()).toEqual(['data://open', 'data://secret']);
  });

  test('what is disabled is told of no longer', async () => {
    const { server, hearsOf } = await watching([]);
    await using _ = server;
    server.app.disable({ tags: ['admin'] });
    expect(await hearsOf()).toEqual(['data://open']);
  });

  test('who began to watch before anything was hidden is told once it has asked anew', async () => {
    const { server, hearsOf, watch } = await watching([]);
    await using _ = server;
    server.app.use({ visible: ({ tags }) => !tags.has('admin') });
    expect(await hearsOf()).toEqual([]);
    await watch('data://open');
    expect(await hearsOf()).toEqual(['data://open']);
  });

  test('who cannot be asked about is told nothing, and whoever told of the change goes on', async () => {
    let broken = false;
    @Middleware()
    class Breaks {
      visible() {
        if (broken) throw new Error('no rights at hand');
        return true;
      }
    }
    const logger = new RecordingLogger();
    const { server, hearsOf } = await watching([Breaks], logger);
    await using _ = server;
    broken = true;
    for (const uri of ['data://open', 'data://secret']) server.app.updated(uri);
    broken = false;
    expect(await hearsOf()).toEqual(['data://open', 'data://secret']);
    expect(logger.lines.filter(({ level }) => level === 'error')).toHaveLength(2);
  });
});
