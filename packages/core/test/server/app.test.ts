import {
  Context,
  createApp,
  FrameworkError,
  Lifespan,
  McpModule,
  token,
  Tool,
  type Served,
  type Transport,
} from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';

const A = token<string>('A');
let events: string[] = [];

@Lifespan(A)
class OpensA {
  async *open() {
    events.push('open');
    yield 'a';
    events.push('close');
  }
}

class Tools {
  /** Answers. */
  @Tool({ title: 'Ping', tags: ['public'], annotations: { readOnlyHint: true }, meta: { own: 1 } })
  ping() {
    return 'pong';
  }
}

@McpModule({
  name: 't',
  version: '1.2.3',
  lifespans: [OpensA],
  handlers: [Tools],
  websiteUrl: 'https://t.example',
})
class Root {}

function transport(parts: Partial<Served> = {}): Transport {
  return {
    name: 'fake',
    open: () => {
      events.push('serve');
      return Promise.resolve({ close: () => Promise.resolve(void events.push('stop')), ...parts });
    },
  };
}

beforeEach(() => {
  events = [];
});

test('an app that has been closed refuses every use with the same mistake', async () => {
  const app = createApp(Root);
  await app.close();
  for (const use of [app.start(), app.serve(transport()), app.callTool('ping'), app.listTools()]) {
    const error: unknown = await use.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FrameworkError);
    expect((error as FrameworkError).code).toBe('ERR_APP_CLOSED');
    expect((error as FrameworkError).fix).toMatch('createApp()');
  }
  expect(events).toEqual([]);
});

test('serving starts the app, and closing stops serving before anything is closed', async () => {
  const app = createApp(Root);
  await app.serve(transport());
  await app.serve(transport());
  await app.close();
  expect(events).toEqual(['open', 'serve', 'serve', 'stop', 'stop', 'close']);
});

test('a transport that cannot be opened closes the app again', async () => {
  const app = createApp(Root);
  const refuses: Transport = { name: 'fake', open: () => Promise.reject(new Error('no port')) };
  await expect(app.serve(refuses)).rejects.toThrow('no port');
  expect(events).toEqual(['open', 'close']);
});

test('a transport that cannot be closed does not keep the app open', async () => {
  const app = createApp(Root, { logger: new RecordingLogger() });
  await app.serve(transport({ close: () => Promise.reject(new Error('cannot stop')) }));
  await app.close().catch(() => undefined);
  expect(events).toEqual(['open', 'serve', 'close']);
});

test('a transport that opens while the app is closing is stopped as well', async () => {
  const app = createApp(Root);
  const serving = app.serve(transport()).catch(() => undefined);
  await app.close();
  await serving;
  const served = events.filter((event) => event === 'serve').length;
  expect(events.filter((event) => event === 'stop')).toHaveLength(served);
});

test('a tool is listed with everything it says of itself', async () => {
  const app = createApp(Root);
  expect(await app.listTools()).toEqual([
    {
      name: 'ping',
      title: 'Ping',
      description: 'Answers.',
      inputSchema: { type: 'object', properties: {}, additionalProperties: false },
      annotations: { readOnlyHint: true },
      _meta: { own: 1, 'tenon/tags': ['public'] },
    },
  ]);
  expect(app.info).toEqual({ name: 't', version: '1.2.3', websiteUrl: 'https://t.example' });
  await app.close();
});

test('calls before start() start the app once', async () => {
  const app = createApp(Root);
  await Promise.all([app.callTool('ping'), app.callTool('ping'), app.listTools()]);
  expect(events).toEqual(['open']);
  await app.close();
});

test('a protocol error inside the process is thrown as one', async () => {
  const app = createApp(Root);
  await expect(app.callTool('nope')).rejects.toMatchObject({ name: 'ProtocolError', code: -32602 });
  await app.close();
});

test.each(['before', 'during'])(
  'a call inside the process whose signal aborts %s it is cancelled',
  async (when) => {
    const leaving = new AbortController();
    const seen: boolean[] = [];
    class Waits {
      @Tool() async waits({ signal }: Context) {
        if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
        seen.push(signal.aborted);
      }
    }
    @McpModule({ name: 't', version: '1', handlers: [Waits] })
    class Module {}
    const app = createApp(Module);
    await app.start();
    if (when === 'before') leaving.abort();
    const call = app.callTool('waits', {}, { signal: leaving.signal }).catch((error: unknown) => error);
    await new Promise((resolve) => setImmediate(resolve));
    leaving.abort();
    expect(await call).toMatchObject({ name: 'ProtocolError', message: 'tools/call was cancelled' });
    expect(seen).toEqual([true]);
    await app.close();
  },
);

test('name and version are those of the program where the module says none', () => {
  @McpModule({ handlers: [Tools] })
  class Nameless {}
  const { info } = createApp(Nameless);
  expect(info.name).not.toBe('');
  expect(info.version).toMatch(/^\d/);
});
