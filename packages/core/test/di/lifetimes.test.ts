import {
  Context,
  createApp,
  Inject,
  Injectable,
  Lifespan,
  McpModule,
  Principal,
  token,
  Tool,
  type OnClose,
  type ScopeEnd,
} from '../../src/index.js';
import { createTestServer, ManualClock, RecordingLogger } from '@tenon/testing';

test('a request provider is made once a message, shared within it, and told how it ended before the answer leaves', async () => {
  const ends: ScopeEnd[] = [];
  let made = 0;
  @Injectable({ lifetime: 'request' })
  class Trace implements OnClose {
    readonly id = ++made;
    onClose(end: ScopeEnd) {
      ends.push(end);
    }
  }
  @Injectable({ lifetime: 'request' })
  class Repository {
    constructor(readonly trace: Trace) {}
  }
  class Tools {
    @Tool() ids(trace: Trace, repository: Repository) {
      return [trace.id, repository.trace.id];
    }
    @Tool() fails(trace: Trace): string {
      throw new Error(`failed in ${trace.id}`);
    }
    @Tool() plain() {
      return 'no scope';
    }
  }
  @McpModule({ name: 'x', version: '1', providers: [Trace, Repository], handlers: [Tools] })
  class App {}
  await using server = await createTestServer(App, { logger: new RecordingLogger() });
  expect((await server.app.callTool('ids')).content).toEqual([{ type: 'text', text: '[1,1]' }]);
  expect(ends).toEqual([{ ok: true }]);
  await server.app.callTool('ids');
  await server.app.callTool('plain');
  expect(made).toBe(2);
  await server.app.callTool('fails');
  expect(ends.at(-1)).toMatchObject({ ok: false, error: { message: 'failed in 3' } });
});

test('a transient is made for each who asks, and closed with its owner, in reverse', async () => {
  const closed: string[] = [];
  let made = 0;
  @Injectable({ lifetime: 'transient' })
  class Cursor {
    readonly id = ++made;
    [Symbol.dispose]() {
      closed.push(`cursor ${this.id}`);
    }
  }
  @Injectable({ lifetime: 'request' })
  class Query {
    constructor(readonly cursor: Cursor) {}
    async [Symbol.asyncDispose]() {
      closed.push('query');
    }
  }
  @Injectable()
  class Tools {
    constructor(private readonly own: Cursor) {}
    @Tool() run(query: Query, cursor: Cursor) {
      return [this.own.id, query.cursor.id, cursor.id];
    }
  }
  @McpModule({ name: 'x', version: '1', providers: [Cursor, Query], handlers: [Tools] })
  class App {}
  const app = createApp(App);
  expect((await app.callTool('run')).content).toEqual([{ type: 'text', text: '[1,2,3]' }]);
  expect(closed).toEqual(['cursor 3', 'query', 'cursor 2']);
  await app.close();
  expect(closed.at(-1)).toBe('cursor 1');
});

test('a close that fails is logged and changes no answer', async () => {
  @Injectable({ lifetime: 'request' })
  class Trace {
    onClose() {
      throw new Error('disk full');
    }
  }
  class Tools {
    @Tool() run(_trace: Trace) {
      return 'done';
    }
  }
  @McpModule({ name: 'x', version: '1', providers: [Trace], handlers: [Tools] })
  class App {}
  const logger = new RecordingLogger();
  const app = createApp(App, { logger });
  expect((await app.callTool('run')).content).toEqual([{ type: 'text', text: 'done' }]);
  expect(logger.lines.map((line) => line.fields.err)).toMatchObject([{ message: 'disk full' }]);
  await app.close();
});

test('a session provider lives as long as a 2025 session, and as long as a message without sessions', async () => {
  const closed: number[] = [];
  let made = 0;
  @Injectable({ lifetime: 'session' })
  class Basket {
    readonly id = ++made;
    items = 0;
    onClose() {
      closed.push(this.id);
    }
  }
  class Tools {
    @Tool() add(basket: Basket) {
      return ++basket.items;
    }
  }
  @McpModule({ name: 'x', version: '1', providers: [Basket], handlers: [Tools] })
  class App {}
  await using server = await createTestServer(App);
  const [one, two] = [await server.connect('2025-11-25'), await server.connect('2025-11-25')];
  const add = async (client: { callTool(call: { name: string }): Promise<unknown> }): Promise<unknown> =>
    ((await client.callTool({ name: 'add' })) as { content: [{ text: string }] }).content[0].text;
  expect([await add(one), await add(one), await add(two)]).toEqual(['1', '2', '1']);
  expect(closed).toEqual([]);
  await one.close();
  await new Promise(setImmediate);
  expect(closed).toEqual([1]);
  const modern = await server.connect('2026-07-28');
  expect([await add(modern), await add(modern)]).toEqual(['1', '1']);
  expect(closed).toEqual([1, 3, 4]);
});

test('without sessions a provider may be shared by one principal, until it has been quiet for five minutes; anonymous callers never share', async () => {
  const clock = new ManualClock();
  @Injectable({ lifetime: 'session', sessionless: 'principal' })
  class Basket {
    items = 0;
  }
  class Tools {
    @Tool() add(basket: Basket) {
      return ++basket.items;
    }
  }
  @McpModule({ name: 'x', version: '1', providers: [Basket], handlers: [Tools] })
  class App {}
  const app = createApp(App, { clock });
  const add = async (subject?: string): Promise<unknown> => {
    const caller = subject === undefined ? {} : { principal: new Principal({ issuer: 'test', subject }) };
    const { content } = await app.callTool('add', {}, caller);
    return (content as unknown as [{ text: string }])[0].text;
  };
  expect([await add('ada'), await add('ada'), await add('bob')]).toEqual(['1', '2', '1']);
  expect([await add(), await add()]).toEqual(['1', '1']);
  clock.advance(4 * 60_000);
  expect(await add('ada')).toBe('3');
  clock.advance(5 * 60_000 + 1000);
  expect(await add('ada')).toBe('1');
  await app.close();
});

test('lifespans open in the order of their needs, once, and close in reverse; creating the app opens nothing', async () => {
  const steps: string[] = [];
  const URL_TOKEN = token<string>('URL');
  class Db {
    constructor(readonly url: string) {}
  }
  class Cache {}
  class Api {}
  @Injectable()
  @Lifespan({ cache: Cache, api: Api })
  class Second {
    constructor(readonly db: Db) {}
    async *open() {
      steps.push(`open second with ${this.db.url}`);
      yield { cache: new Cache(), api: new Api() };
      steps.push('close second');
    }
  }
  @Injectable()
  @Lifespan(Db)
  class First {
    constructor(@Inject(URL_TOKEN) readonly url: string) {}
    async *open() {
      steps.push('open first');
      try {
        yield new Db(this.url);
      } finally {
        steps.push('close first');
      }
    }
  }
  @Injectable()
  class Tools {
    constructor(
      readonly api: Api,
      readonly cache: Cache,
    ) {}
    @Tool() opened(ctx: Context) {
      return [this.api instanceof Api, this.cache instanceof Cache, ctx.lifespan(Db).url];
    }
  }
  @McpModule({
    name: 'x',
    version: '1',
    lifespans: [Second, First],
    providers: [{ provide: URL_TOKEN, useFactory: () => Promise.resolve('db://here') }],
    handlers: [Tools],
  })
  class App {}
  const app = createApp(App);
  expect(steps).toEqual([]);
  const answers = await Promise.all([app.callTool('opened'), app.callTool('opened')]);
  expect(answers[0].content).toEqual([{ type: 'text', text: '[true,true,"db://here"]' }]);
  expect(steps).toEqual(['open first', 'open second with db://here']);
  await Promise.all([app.close(), app.close()]);
  expect(steps.slice(2)).toEqual(['close second', 'close first']);
});

test('providers can be classes, values, factories and other names, and a test replaces them', async () => {
  abstract class Mailer {
    abstract send(): string;
  }
  class RealMailer extends Mailer {
    send() {
      return 'sent';
    }
  }
  const PREFIX = token<string>('PREFIX');
  const ALIAS = Symbol('alias');
  @Injectable()
  class Tools {
    constructor(
      readonly mailer: Mailer,
      @Inject(PREFIX) readonly prefix: string,
      @Inject(ALIAS) readonly alias: Mailer,
      @Inject('joined') readonly joined: string,
    ) {}
    @Tool() run() {
      return [this.prefix, this.mailer.send(), this.alias === this.mailer, this.joined];
    }
  }
  @McpModule({
    name: 'x',
    version: '1',
    providers: [
      { provide: Mailer, useClass: RealMailer },
      { provide: PREFIX, useValue: 'p' },
      { provide: ALIAS, useExisting: Mailer },
      {
        provide: 'joined',
        useFactory: (prefix: string, mailer: Mailer) => prefix + mailer.send(),
        inject: [PREFIX, Mailer],
      },
    ],
    handlers: [Tools],
  })
  class App {}
  expect((await createApp(App).callTool('run')).content).toEqual([
    { type: 'text', text: '["p","sent",true,"psent"]' },
  ]);
  const override = [{ provide: Mailer, useValue: { send: () => 'kept' } }];
  expect((await createApp(App, { override }).callTool('run')).content).toEqual([
    { type: 'text', text: '["p","kept",true,"pkept"]' },
  ]);
});
