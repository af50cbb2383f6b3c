import {
  createApp,
  Exchange,
  McpModule,
  Tool,
  type Endpoint,
  type MiddlewareHooks,
  type Outcome,
  type Session,
} from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';

class Tools {
  @Tool() ping() {
    return 'pong';
  }
}

class LocalExchange extends Exchange {
  readonly era;
  readonly version = '2026-07-28';
  readonly peer = { info: undefined, capabilities: {} };
  readonly principal = undefined;
  readonly session: Session | undefined = undefined;
  readonly http = undefined;
  readonly logLevel = undefined;
  readonly sent: string[] = [];
  constructor(era: 'legacy' | 'modern' = 'modern') {
    super();
    this.era = era;
  }
  notify(method: string) {
    this.sent.push(method);
  }
}

async function endpoint(hooks: MiddlewareHooks = {}, expose?: 'errors'): Promise<Endpoint> {
  const middleware = Object.keys(hooks).length > 0 ? [hooks] : [];
  @McpModule({ name: 't', version: '1', handlers: [Tools], middleware, ...(expose && { expose }) })
  class Root {}
  return createApp(Root, { logger: new RecordingLogger() }).start();
}

const request = (method: string, params: Record<string, unknown> = {}) =>
  ({ jsonrpc: '2.0', id: 1, method, params }) as const;

test('what waits for nothing is answered at once, without a promise', async () => {
  const { dispatch } = await endpoint();
  const outcome = dispatch(request('tools/call', { name: 'ping' }), new LocalExchange());
  expect(outcome).toEqual({ is: 'result', value: { content: [{ type: 'text', text: 'pong' }] } });
});

test('an era knows its own methods only', async () => {
  const { dispatch } = await endpoint();
  const codeOf = async (method: string, era: 'legacy' | 'modern') => {
    const outcome = await dispatch(request(method), new LocalExchange(era));
    return outcome.is === 'error' ? outcome.code : outcome.is;
  };
  expect(await codeOf('server/discover', 'modern')).toBe('result');
  expect(await codeOf('server/discover', 'legacy')).toBe(-32601);
  expect(await codeOf('ping', 'legacy')).toBe('result');
  expect(await codeOf('ping', 'modern')).toBe(-32601);
  expect(await codeOf('initialize', 'modern')).toBe(-32601);
  expect(await codeOf('logging/setLevel', 'modern')).toBe(-32601);
});

test.each(['constructor', '__proto__', 'toString', '', 'tools/', 'notifications/initialized'])(
  'a request for "%s" is an unknown method',
  async (method) => {
    const { dispatch } = await endpoint();
    expect(await dispatch(request(method), new LocalExchange())).toMatchObject({
      is: 'error',
      code: -32601,
      refusal: 'unknown-method',
    });
  },
);

test('a notification is never answered, whatever its method', async () => {
  const { dispatch } = await endpoint();
  for (const method of ['tools/call', 'nowhere', 'notifications/cancelled'])
    expect(await dispatch({ jsonrpc: '2.0', method }, new LocalExchange())).toEqual({ is: 'none' });
});

test.each([
  [{ name: 7 }, -32602],
  [{}, -32602],
  [{ name: { toString: 1 } }, -32602],
  [{ name: 'ping', arguments: [] }, -32602],
  [{ name: 'ping', arguments: 'x' }, -32602],
  [{ name: 'ping', arguments: null }, -32602],
])("tools/call with %p is the caller's mistake", async (params, code) => {
  const { dispatch } = await endpoint();
  expect(await dispatch(request('tools/call', params), new LocalExchange())).toMatchObject({
    is: 'error',
    code,
  });
});

test('a cursor that no list has given is refused', async () => {
  const { dispatch } = await endpoint();
  expect(await dispatch(request('tools/list', { cursor: 'x' }), new LocalExchange())).toMatchObject({
    code: -32602,
  });
});

test('a list that nobody changes is text made at boot, and says who may cache it', async () => {
  const { dispatch } = await endpoint();
  const modern = (await dispatch(request('tools/list'), new LocalExchange())) as Outcome & { is: 'json' };
  expect(modern.is).toBe('json');
  expect(JSON.parse(modern.text)).toMatchObject({
    tools: [{ name: 'ping' }],
    ttlMs: 0,
    cacheScope: 'public',
  });
  const legacy = (await dispatch(request('tools/list'), new LocalExchange('legacy'))) as Outcome & {
    is: 'json';
  };
  expect(Object.keys(JSON.parse(legacy.text) as object)).toEqual(['tools']);
});

test('a cancelled message has no outcome', async () => {
  const { dispatch } = await endpoint();
  const exchange = new LocalExchange();
  exchange.cancel();
  expect(await dispatch(request('tools/call', { name: 'ping' }), exchange)).toEqual({ is: 'none' });
  expect(await dispatch(request('nowhere'), exchange)).toEqual({ is: 'none' });
});

test('a failure outside of tools is an internal error with a reference', async () => {
  const { dispatch } = await endpoint({
    onListTools: () => {
      throw new Error('secret');
    },
  });
  const outcome = (await dispatch(request('tools/list'), new LocalExchange())) as Outcome & { is: 'error' };
  expect(outcome).toMatchObject({ is: 'error', code: -32603, refusal: 'internal' });
  expect(outcome.message).toMatch(/ref [0-9a-f]{10}/);
  expect(outcome.message).not.toMatch('secret');
});

test.each<[string, unknown]>([
  ['null', null],
  ['undefined', undefined],
  ['a symbol', Symbol('s')],
  ['an object without a prototype', Object.create(null)],
  ['a frozen error', Object.freeze(new Error('e'))],
])('%s thrown is an outcome, not a throw', async (_name, thrown) => {
  for (const expose of [undefined, 'errors'] as const) {
    const { dispatch } = await endpoint(
      {
        onRequest: () => {
          throw thrown;
        },
      },
      expose,
    );
    const outcome = await dispatch(request('tools/call', { name: 'ping' }), new LocalExchange());
    expect(outcome).toMatchObject({ is: 'result', value: { isError: true } });
    expect(await dispatch(request('tools/list'), new LocalExchange())).toMatchObject({
      is: 'error',
      code: -32603,
    });
  }
});

test('a failure over a name that is no text is an outcome, not a throw', async () => {
  const { dispatch } = await endpoint({
    onRequest: () => {
      throw new Error('early');
    },
  });
  const params = { name: { toString: 1, valueOf: 1 } };
  expect(await dispatch(request('tools/call', params), new LocalExchange())).toMatchObject({ is: 'result' });
});
