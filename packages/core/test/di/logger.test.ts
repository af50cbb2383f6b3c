import {
  createApp,
  Inject,
  Injectable,
  Logger,
  McpModule,
  Principal,
  Tool,
  type Constructor,
  type InjectableOptions,
} from '@tenon/core';
import { createTestServer, RecordingLogger } from '@tenon/testing';

/** The fields of the lines with this text. */
function fieldsOf(logger: RecordingLogger, message: string): readonly object[] {
  return logger.lines.filter((line) => line.message === message).map((line) => line.fields);
}

const OF_THE_CALL = { requestId: expect.anything(), method: 'tools/call' };

/** A server whose baskets write into the log of whom they live for. */
function basketsOf(lives: InjectableOptions) {
  @Injectable(lives)
  class Basket {
    constructor(readonly logger: Logger) {}
  }
  class Uses {
    @Tool() use(basket: Basket) {
      basket.logger.info('put in');
      return 'used';
    }
  }
  @McpModule({ name: 't', version: '1', providers: [Basket], handlers: [Uses] })
  class Root {}
  return Root;
}

test('what lives for one message logs with its id and method, what lives with the app without', async () => {
  @Injectable()
  class Whole {
    constructor(readonly logger: Logger) {}
  }
  @Injectable({ lifetime: 'transient' })
  class Inner {
    constructor(readonly logger: Logger) {}
  }
  @Injectable({ lifetime: 'request' })
  class Trace {
    constructor(
      readonly logger: Logger,
      readonly inner: Inner,
    ) {}
  }
  @Injectable()
  class Uses {
    constructor(
      readonly logger: Logger,
      readonly whole: Whole,
      readonly inner: Inner,
    ) {}
    @Tool() use(trace: Trace, inner: Inner, logger: Logger, @Inject(Logger) injected: Logger) {
      for (const each of [trace.logger, trace.inner.logger, inner.logger, logger, injected])
        each.info('of the call');
      for (const each of [this.logger, this.whole.logger, this.inner.logger]) each.info('of the app');
      return 'used';
    }
  }
  @McpModule({ name: 't', version: '1', providers: [Whole, Inner, Trace], handlers: [Uses] })
  class Root {}
  const logger = new RecordingLogger();
  const app = createApp(Root, { logger });
  await app.callTool('use');
  const [first, ...rest] = fieldsOf(logger, 'of the call');
  expect(first).toEqual(OF_THE_CALL);
  expect(rest).toEqual(Array(4).fill(first));
  expect(fieldsOf(logger, 'of the app')).toEqual([{}, {}, {}]);
  expect(app.get(Logger)).toBe(logger);
  await app.close();
});

test('what lives for a session logs with its id; where there is none, with that of the message it lives for', async () => {
  const Root = basketsOf({ lifetime: 'session' });
  const logger = new RecordingLogger();
  await using server = await createTestServer(Root, { logger });
  const legacy = await server.connect('2025-11-25');
  await legacy.callTool({ name: 'use' });
  await legacy.callTool({ name: 'use' });
  const modern = await server.connect('2026-07-28');
  await modern.callTool({ name: 'use' });
  const [first, second, third] = fieldsOf(logger, 'put in');
  expect(first).toEqual({ sessionId: expect.any(String) });
  expect(second).toEqual(first);
  expect(third).toEqual(OF_THE_CALL);
});

test('what one principal shares logs with neither: it outlives every message', async () => {
  const Root = basketsOf({ lifetime: 'session', sessionless: 'principal' });
  const logger = new RecordingLogger();
  const app = createApp(Root, { logger });
  await app.callTool('use', {}, { principal: new Principal({ issuer: 'i', subject: 's' }) });
  expect(fieldsOf(logger, 'put in')).toEqual([{}]);
  await app.close();
});

test.each([
  ['the root', true],
  ['an override', false],
])('a log that %s provides is injected as it is', async (_, provided) => {
  const mine = new RecordingLogger();
  @Injectable({ lifetime: 'request' })
  class Trace {
    constructor(readonly logger: Logger) {}
  }
  class Uses {
    @Tool() use(trace: Trace) {
      return trace.logger === mine;
    }
  }
  const provider = { provide: Logger, useValue: mine };
  @McpModule({
    name: 't',
    version: '1',
    providers: [Trace, ...(provided ? [provider] : [])],
    handlers: [Uses],
  })
  class Root {}
  const app = createApp(Root as Constructor, provided ? {} : { override: [provider] });
  expect((await app.callTool('use')).content).toEqual([{ type: 'text', text: 'true' }]);
  await app.close();
});

test('a call that logs nothing makes no child of the log', async () => {
  class Counting extends RecordingLogger {
    children = 0;
    override child(fields: object): Logger {
      this.children++;
      return super.child(fields);
    }
  }
  @Injectable()
  class Uses {
    constructor(readonly logger: Logger) {}
    @Tool() use() {
      return 'used';
    }
  }
  @McpModule({ name: 't', version: '1', handlers: [Uses] })
  class Root {}
  const logger = new Counting();
  const app = createApp(Root, { logger });
  await app.callTool('use');
  expect(logger.children).toBe(0);
  await app.close();
});
