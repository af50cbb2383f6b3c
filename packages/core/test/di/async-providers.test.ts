import {
  createApp,
  FrameworkError,
  Inject,
  Injectable,
  Lifespan,
  McpModule,
  token,
  Tool,
  type Constructor,
} from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';

const SECRET = token<string>('SECRET');
const POOL = token<{ url: string }>('POOL');

class Tools {
  @Tool() ping() {
    return 'pong';
  }
}

async function failure(module: Constructor): Promise<FrameworkError> {
  const thrown: unknown = await createApp(module)
    .start()
    .catch((error: unknown) => error);
  if (FrameworkError.is(thrown)) return thrown;
  throw thrown;
}

test('promises are awaited when the app starts, in the order of needs, lifespans among them', async () => {
  const steps: string[] = [];
  @Lifespan(POOL)
  class OpensPool {
    constructor(@Inject(SECRET) readonly secret: string) {}
    async *open() {
      steps.push(`open with ${this.secret}`);
      yield { url: `db://${this.secret}` };
      steps.push('close');
    }
  }
  @Injectable()
  class Reads {
    constructor(@Inject(POOL) readonly pool: { url: string }) {}
    @Tool() where() {
      return this.pool.url;
    }
  }
  @McpModule({
    name: 't',
    version: '1',
    lifespans: [OpensPool],
    providers: [
      {
        provide: SECRET,
        useFactory: async () => {
          steps.push('ask for the secret');
          await new Promise(setImmediate);
          steps.push('have the secret');
          return 'sesame';
        },
      },
    ],
    handlers: [Reads],
  })
  class Root {}
  const app = createApp(Root);
  expect(steps).toEqual([]);
  expect((await app.callTool('where')).content).toEqual([{ type: 'text', text: 'db://sesame' }]);
  await app.close();
  expect(steps).toEqual(['ask for the secret', 'have the secret', 'open with sesame', 'close']);
});

test('a provider that fails is told by token and module with its cause, and what was open is closed again', async () => {
  const steps: string[] = [];
  @Injectable()
  class Opened {
    onClose() {
      steps.push('closed');
    }
  }
  const refused = new Error('vault is sealed');
  @McpModule({
    providers: [Opened, { provide: SECRET, useFactory: () => Promise.reject(refused), inject: [Opened] }],
    exports: [SECRET],
  })
  class Secrets {}
  @McpModule({ name: 't', version: '1', imports: [Secrets], handlers: [Tools] })
  class Root {}
  const error = await failure(Root);
  expect(error.code).toBe('ERR_PROVIDER_FAILED');
  expect(error.message).toMatch('SECRET of Secrets could not be made: vault is sealed');
  expect(error.fix).toMatch('See the cause below');
  expect(error.cause).toBe(refused);
  expect(steps).toEqual(['closed']);
});

test('a constructor that throws, and a transient inside it, are told the same way', async () => {
  @Injectable({ lifetime: 'transient' })
  class Inner {
    constructor() {
      throw new TypeError('no inner');
    }
  }
  @Injectable()
  class Outer {
    constructor(readonly inner: Inner) {}
  }
  @McpModule({ name: 't', version: '1', providers: [Inner, Outer], handlers: [Tools] })
  class Root {}
  const error = await failure(Root);
  expect(error.code).toBe('ERR_PROVIDER_FAILED');
  expect(error.message).toMatch('Outer of Root could not be made: no inner');
  expect(error.cause).toBeInstanceOf(TypeError);
});

test.each(['request', 'session', 'transient'] as const)(
  'an async factory of lifetime %s is a mistake that is found before the start',
  (lifetime) => {
    @McpModule({
      name: 't',
      version: '1',
      providers: [{ provide: SECRET, useFactory: async () => 'x', lifetime }],
      handlers: [Tools],
    })
    class Root {}
    expect(() => createApp(Root)).toThrow(
      expect.objectContaining({
        code: 'ERR_PROVIDER_PROMISE',
        message: expect.stringMatching(`SECRET is made by a promise.* "${lifetime}"`),
        fix: expect.stringMatching('Give it the lifetime "app"'),
      }),
    );
  },
);

test('a promise that shows only when a message asks is masked to the client, and named in the log', async () => {
  class Takes {
    @Tool() take(@Inject(SECRET) secret: string) {
      return secret;
    }
  }
  @McpModule({
    name: 't',
    version: '1',
    // Its rejection is nobody's to handle, and must not end the process.
    providers: [
      { provide: SECRET, useFactory: () => Promise.reject(new Error('lost')), lifetime: 'request' },
    ],
    handlers: [Takes],
  })
  class Root {}
  const logger = new RecordingLogger();
  const app = createApp(Root, { logger });
  const result = await app.callTool('take');
  expect(result.isError).toBe(true);
  expect(JSON.stringify(result)).not.toMatch(/SECRET|promise/);
  expect(logger.lines.map((line) => (line.fields.err as { code?: string } | undefined)?.code)).toContain(
    'ERR_PROVIDER_PROMISE',
  );
  await new Promise(setImmediate);
  await app.close();
});

test('a promise of a transient that an app instance holds is told when the app starts', async () => {
  @Injectable()
  class Holds {
    constructor(@Inject(SECRET) readonly secret: string) {}
  }
  @McpModule({
    name: 't',
    version: '1',
    providers: [Holds, { provide: SECRET, useFactory: () => Promise.resolve('late'), lifetime: 'transient' }],
    handlers: [Tools],
  })
  class Root {}
  expect((await failure(Root)).code).toBe('ERR_PROVIDER_PROMISE');
});
