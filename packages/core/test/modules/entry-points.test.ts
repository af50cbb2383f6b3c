import {
  Args,
  Context,
  createApp,
  entryPoint,
  Injectable,
  Inject,
  Logger,
  McpModule,
  Principal,
  token,
  Tool,
  type EntryPointKind,
  type Exchange,
} from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import { LocalExchange } from '../../src/server/local-exchange.js';

/** What another package would write for its timers. */
const CRON: EntryPointKind<{ at: string }> = {
  name: 'test.cron',
  decorator: '@Cron',
  given: ['the time', 'the run'],
  keyOf: ({ at }) => at,
};
const Cron = (at: string) => entryPoint(CRON, { at });

const exchange = (): Exchange => new LocalExchange({});

test('another package finds the methods its decorator stands on, and calls them on injected instances', async () => {
  const GREETING = token<string>('greeting');
  @Injectable()
  class Names {
    readonly first = 'Ada';
  }
  class Jobs {
    constructor(@Inject(GREETING) private readonly greeting: string) {}
    @Cron('12:00') noon(
      time: unknown,
      names: Names,
      logger: Logger,
      run: unknown,
      @Inject(GREETING) again: string,
    ) {
      logger.info('noon');
      return [this.greeting, time, names.first, run, again];
    }
    @Cron('13:00') plain() {
      return 'plain';
    }
    @Tool() tool() {
      return 'a tool as well';
    }
  }
  @McpModule({
    name: 'test',
    version: '1.0.0',
    handlers: [Jobs],
    providers: [Names, { provide: GREETING, useValue: 'Hello' }],
  })
  class TestModule {}
  const app = createApp(TestModule, { logger: new RecordingLogger() });
  const found = app.entryPoints(CRON);
  expect(found.map(({ record, label }) => [record.at, label])).toEqual([
    ['12:00', 'Jobs.noon()'],
    ['13:00', 'Jobs.plain()'],
  ]);
  const endpoint = await app.start();
  const [noon, plain] = endpoint.entryPoints(CRON);
  expect(await noon?.call(exchange(), ['now', 7])).toEqual(['Hello', 'now', 'Ada', 7, 'Hello']);
  expect(await plain?.call(exchange(), ['now', 7])).toBe('plain');
  expect(app.entryPoints({ ...CRON, name: 'test.other' })).toEqual([]);
  expect((await app.listTools()).map(({ name }) => name)).toEqual(['tool']);
  await app.close();
});

test('each call has a scope of its own, closed when it has settled and told how it ended', async () => {
  const closed: unknown[] = [];
  @Injectable({ lifetime: 'request' })
  class Trace {
    onClose(end: unknown) {
      closed.push(end);
    }
  }
  const seen = new Set<Trace>();
  class Jobs {
    @Cron('12:00') async noon(fails: unknown, trace: Trace, ctx: Context, principal: Principal) {
      seen.add(trace);
      await Promise.resolve();
      if (fails) throw new Error(`${ctx.method} ${String(principal)}`);
    }
  }
  @McpModule({ name: 'test', version: '1.0.0', handlers: [Jobs], providers: [Trace] })
  class TestModule {}
  const app = createApp(TestModule, { logger: new RecordingLogger() });
  const [noon] = (await app.start()).entryPoints(CRON);
  await noon?.call(exchange(), [false, 1]);
  await expect(noon?.call(exchange(), [true, 2])).rejects.toThrow('12:00 undefined');
  expect(seen.size).toBe(2);
  expect(closed).toEqual([{ ok: true }, { ok: false, error: expect.any(Error) }]);
  await app.close();
});

test('a scope that cannot be closed is logged, and changes nothing', async () => {
  @Injectable({ lifetime: 'request' })
  class Trace {
    onClose() {
      throw new Error('stuck');
    }
  }
  class Jobs {
    @Cron('12:00') noon(trace: Trace) {
      return trace instanceof Trace;
    }
  }
  @McpModule({ name: 'test', version: '1.0.0', handlers: [Jobs], providers: [Trace] })
  class TestModule {}
  const logger = new RecordingLogger();
  const app = createApp(TestModule, { logger });
  const [noon] = (await app.start()).entryPoints(CRON);
  expect(await noon?.call(exchange(), [])).toBe(true);
  expect(logger.lines).toMatchObject([{ level: 'error', fields: { method: 'Jobs.noon()' } }]);
  await app.close();
});

test('two methods that say the same are told, with both names', () => {
  class Jobs {
    @Cron('12:00') one() {
      return 1;
    }
  }
  class MoreJobs {
    @Cron('12:00') two() {
      return 2;
    }
  }
  @McpModule({ name: 'test', version: '1.0.0', handlers: [Jobs, MoreJobs] })
  class TestModule {}
  expect(() => createApp(TestModule)).toThrow(
    expect.objectContaining({
      code: 'ERR_ENTRY_POINT_DUPLICATE',
      message: expect.stringContaining('Jobs.one() and MoreJobs.two() are both @Cron 12:00'),
    }),
  );
});

class Query {
  city = 'Paris';
}

test('parameters that nobody hands over are told, with what there is', () => {
  class Jobs {
    @Cron('1') third(_a: unknown, _b: unknown, c: unknown) {
      return c;
    }
    @Cron('2') plain(city: string) {
      return city;
    }
    @Cron('3') all(@Args() query: Query) {
      return query;
    }
    @Cron('4') service(query: Query) {
      return query;
    }
  }
  @McpModule({ name: 'test', version: '1.0.0', handlers: [Jobs] })
  class TestModule {}
  let mistakes: readonly { code: string; message: string }[] = [];
  try {
    createApp(TestModule);
  } catch (error) {
    mistakes = (error as { errors: readonly { code: string; message: string }[] }).errors;
  }
  expect(mistakes.map(({ code }) => code)).toEqual(Array(4).fill('ERR_PARAM_NO_SOURCE'));
  expect(mistakes[0]?.message).toMatch(/Parameter 2 of Jobs.third\(\) \("c"\)[\s\S]*the time and the run/);
  expect(mistakes[1]?.message).toMatch(/Parameter 0 of Jobs.plain\(\) \("city"\)[\s\S]*the time and the run/);
  expect(mistakes[2]?.message).toMatch(/Parameter 0 of Jobs.all\(\) \("query"\)[\s\S]*the time and the run/);
  expect(mistakes[3]?.message).toMatch(/@Injectable\(\)/);
});
