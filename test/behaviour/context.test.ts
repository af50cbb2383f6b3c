import {
  Context,
  createApp,
  currentContext,
  Injectable,
  McpModule,
  Tool,
  type App,
  type LoggingLevel,
} from '@tenon/core';
import { LoggingMessageNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { RecordingLogger } from '@tenon/testing';
import { setTimeout as delay } from 'node:timers/promises';
import { connect, WAYS, type Connected } from './connect.js';

const LEVELS: readonly LoggingLevel[] = [
  'debug',
  'info',
  'notice',
  'warning',
  'error',
  'critical',
  'alert',
  'emergency',
];

/** Asks for the Context of its message where it is made. */
@Injectable({ lifetime: 'request' })
class Diary {
  constructor(readonly ctx: Context) {}
}

class Tools {
  @Tool() async interleaves(n: number, ctx: Context, diary: Diary) {
    await delay(n % 7);
    await diary.ctx.reportProgress(n, 1000, 'injected');
    await delay(n % 5);
    await ctx.reportProgress(n + 0.25, 1000, 'a parameter');
    await delay(n % 3);
    await further(n);
    return `${n} ${[ctx, diary.ctx, currentContext()].map(({ requestId }) => typeof requestId).join(' ')}`;
  }

  @Tool() async says(what: string, ctx: Context) {
    for (const level of LEVELS) {
      await ctx.log(level, { what, at: [level] }, 'a-logger');
      await delay(1);
    }
  }
}

/** Has nobody to take a Context from. */
async function further(n: number): Promise<void> {
  await currentContext().reportProgress(n + 0.5, 1000, 'the current one');
}

@McpModule({ name: 'context', version: '1', handlers: [Tools], providers: [Diary], currentContext: true })
class ContextModule {}

interface Said {
  readonly level: string;
  readonly logger?: string;
  readonly data: { readonly what: string; readonly at: readonly string[] };
}

describe.each(WAYS)('over $over, in $version', (way) => {
  let app: App;
  const started: Connected[] = [];
  beforeEach(() => {
    app = createApp(ContextModule, { logger: new RecordingLogger() });
  });
  afterEach(async () => {
    for (const { client } of started.splice(0)) await client.close();
    await app.close();
  });

  async function connected(): Promise<Connected> {
    const each = await connect(app, way);
    started.push(each);
    return each;
  }

  /** What a client hears of the log. */
  async function listener() {
    const { client } = await connected();
    const heard: Said[] = [];
    const hear = ({ params }: { params: unknown }): void => void heard.push(params as Said);
    const schema = way.version === '2025-11-25' ? LoggingMessageNotificationSchema : 'notifications/message';
    client.setNotificationHandler(schema as never, hear as never);
    const says = async (what: string, level?: LoggingLevel): Promise<readonly Said[]> => {
      const _meta =
        level && way.version === '2026-07-28' ? { 'io.modelcontextprotocol/logLevel': level } : {};
      await client.callTool({ name: 'says', arguments: { what }, _meta });
      return heard.filter(({ data }) => data.what === what);
    };
    return { client, says };
  }

  test('200 calls at once of two clients with the same ids each tell their own client of their own message', async () => {
    const clients = [await connected(), await connected()];
    const results = await Promise.all(
      Array.from({ length: 200 }, async (_, n) => {
        const told: unknown[] = [];
        const result = await clients[n % 2]?.call('interleaves', { n }, { onprogress: (p) => told.push(p) });
        return [result?.content, told];
      }),
    );
    expect(results).toEqual(
      Array.from({ length: 200 }, (_, n) => [
        [{ type: 'text', text: `${n} number number number` }],
        [
          { progress: n, total: 1000, message: 'injected' },
          { progress: n + 0.25, total: 1000, message: 'a parameter' },
          { progress: n + 0.5, total: 1000, message: 'the current one' },
        ],
      ]),
    );
  });

  test('of the eight levels a client hears those from the one it has named, with data that is no text', async () => {
    const { client, says } = await listener();
    for (const [i, level] of LEVELS.entries()) {
      if (way.version === '2025-11-25') await client.setLoggingLevel(level);
      const heard = await says(`from ${level}`, level);
      expect(heard).toEqual(
        LEVELS.slice(i).map((each) => ({
          level: each,
          logger: 'a-logger',
          data: { what: `from ${level}`, at: [each] },
        })),
      );
    }
  });

  test('calls at once keep to the level of their session, or since 2026-07-28 to their own', async () => {
    const [one, two] = [await listener(), await listener()];
    const levels = (heard: readonly Said[]) => heard.map(({ level }) => level);
    if (way.version === '2025-11-25') {
      await one.client.setLoggingLevel('alert');
      await two.client.setLoggingLevel('error');
      const [quiet, loud] = await Promise.all([one.says('quiet'), two.says('loud')]);
      expect([levels(quiet), levels(loud)]).toEqual([LEVELS.slice(6), LEVELS.slice(4)]);
    } else {
      const [quiet, loud, none] = await Promise.all([
        one.says('quiet', 'alert'),
        one.says('loud', 'error'),
        one.says('none'),
      ]);
      expect([levels(quiet), levels(loud), levels(none)]).toEqual([LEVELS.slice(6), LEVELS.slice(4), []]);
    }
  });
});
