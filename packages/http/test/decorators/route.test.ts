import {
  createApp,
  Injectable,
  Logger,
  McpModule,
  Tool,
  Unavailable,
  type App,
  type Served,
} from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { Header, http, mcp, Route, type HttpOptions } from '../../src/index.js';

@Injectable()
class Orders {
  readonly open = [{ id: 1 }];
}

@Injectable({ lifetime: 'request' })
class Trace {
  onClose() {
    closed++;
  }
}

let closed = 0;
let began: () => void = () => undefined;
let aborted: () => void = () => undefined;

@Injectable()
class Handlers {
  constructor(private readonly orders: Orders) {}

  @Route('GET', '/orders/:id') order(request: FastifyRequest, _reply: FastifyReply, trace: Trace) {
    const { id } = request.params as { id: string };
    return { open: this.orders.open, id, traced: trace instanceof Trace };
  }

  @Route('POST', '/orders') add(
    @Header('x-tenant') tenant: string | undefined,
    request: FastifyRequest,
    logger: Logger,
    reply: FastifyReply,
  ) {
    logger.info('added');
    return reply.code(201).send({ tenant, got: request.body });
  }

  @Route('DELETE', '/orders') nothing() {
    return undefined;
  }

  @Route('GET', '/breaks') breaks() {
    throw new Error('postgres://user:secret@db');
  }

  @Route('GET', '/refuses') refuses() {
    throw Object.assign(new Error('There is no such order'), { statusCode: 404 });
  }

  @Route('GET', '/away') away() {
    throw new Unavailable('DB_DOWN', { retryAfterMs: 1500 });
  }

  @Route('GET', '/waits') async waits(_request: unknown, _reply: unknown, signal: AbortSignal) {
    const gone = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => {
        resolve();
      });
    });
    began();
    await gone;
    aborted();
  }

  @Tool() hello() {
    return 'hello';
  }
}

@McpModule({ name: 'test', version: '1.0.0', handlers: [Handlers], providers: [Orders, Trace] })
class TestModule {}

const logger = new RecordingLogger();
let app: App;
let served: Served;
const at = (path: string, init?: RequestInit) => fetch(new URL(path, served.url), init);

describe('with http()', () => {
  const serve = async (options: HttpOptions = {}): Promise<void> => {
    app = createApp(TestModule, { logger });
    served = await app.serve(http({ port: 0, ...options }));
  };
  beforeEach(() => serve());
  afterEach(() => app.close());

  test('a method is served beside the endpoint, with the request, the reply and what is injected', async () => {
    closed = 0;
    expect(await (await at('/orders/7')).json()).toEqual({ open: [{ id: 1 }], id: '7', traced: true });
    expect(closed).toBe(1);
    const added = await at('/orders', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-tenant': 'acme' },
      body: '{"a":1}',
    });
    expect([added.status, await added.json()]).toEqual([201, { tenant: 'acme', got: { a: 1 } }]);
    const nothing = await at('/orders', { method: 'DELETE' });
    expect([nothing.status, await nothing.text()]).toEqual([200, '']);
  });

  test('what it throws stays in the log, unless it names a status for the client', async () => {
    const broken = await at('/breaks');
    const { message } = (await broken.json()) as { message: string };
    expect(broken.status).toBe(500);
    const [, reference] = /^Internal error \(ref ([0-9a-f]+)\)$/.exec(message) ?? [];
    expect(logger.lines.find((line) => line.fields.reference === reference)?.fields.err).toMatchObject({
      message: /secret/,
    });
    const refused = await at('/refuses');
    expect([refused.status, await refused.json()]).toMatchObject([
      404,
      { message: 'There is no such order' },
    ]);
    const away = await at('/away');
    expect([away.status, away.headers.get('retry-after')]).toEqual([503, '2']);
  });

  test('pages that may not call the endpoint may not call the routes', async () => {
    const response = await at('/orders/7', { headers: { origin: 'https://evil.example' } });
    expect(response.status).toBe(403);
  });

  test('its signal aborts when the client goes', async () => {
    const begun = new Promise<void>((resolve) => (began = resolve));
    const told = new Promise<void>((resolve) => (aborted = resolve));
    const leaving = new AbortController();
    const asked = at('/waits', { signal: leaving.signal }).catch(() => undefined);
    await begun;
    leaving.abort();
    await Promise.all([told, asked]);
  });

  test('a place that is taken is told with the method and the way out', async () => {
    class Taken {
      @Route('POST', '/mcp') mine() {
        return 'mine';
      }
    }
    @McpModule({ name: 'test', version: '1.0.0', handlers: [Taken] })
    class TakenModule {}
    const taken = createApp(TakenModule, { logger });
    await expect(taken.serve(http({ port: 0 }))).rejects.toMatchObject({
      code: 'ERR_SERVE_ROUTE_TAKEN',
      message: expect.stringContaining('Taken.mine() is to serve POST /mcp') as string,
    });
  });
});

test('in a Fastify of yours it is served under the prefix, with your parsers', async () => {
  app = createApp(TestModule, { logger });
  const fastify = Fastify();
  fastify.setErrorHandler((error, _request, reply) => reply.code(418).send(String(error)));
  fastify.addContentTypeParser('text/orders', { parseAs: 'string' }, (_request, body, done) => {
    done(null, { parsed: body });
  });
  fastify.get('/orders/:id', () => 'yours');
  fastify.register(mcp(app), { prefix: '/mcp' });
  const theirs = await fastify.inject({ url: '/orders/7', headers: { host: 'localhost' } });
  expect(theirs.body).toBe('yours');
  const ours = await fastify.inject({ url: '/mcp/orders/7', headers: { host: 'localhost' } });
  expect(ours.json()).toMatchObject({ id: '7' });
  const parsed = await fastify.inject({
    method: 'POST',
    url: '/mcp/orders',
    headers: { host: 'localhost', 'content-type': 'text/orders' },
    payload: 'one',
  });
  expect(parsed.json()).toEqual({ got: { parsed: 'one' } });
  const broken = await fastify.inject({ url: '/mcp/breaks', headers: { host: 'localhost' } });
  expect([broken.statusCode, broken.body]).toEqual([500, expect.not.stringContaining('secret')]);
  const guarded = await fastify.inject({ url: '/mcp/orders/7', headers: { host: 'evil.example' } });
  expect(guarded.statusCode).toBe(403);
  await fastify.close();
});

test('two methods with one verb and path are told when the app is created', () => {
  class Twice {
    @Route('GET', '/status') one() {
      return 1;
    }
    @Route('GET', '/status') two() {
      return 2;
    }
    @Route('POST', '/status') other() {
      return 3;
    }
  }
  @McpModule({ name: 'test', version: '1.0.0', handlers: [Twice] })
  class TwiceModule {}
  expect(() => createApp(TwiceModule)).toThrow(
    expect.objectContaining({
      code: 'ERR_ENTRY_POINT_DUPLICATE',
      message: expect.stringContaining('Twice.one() and Twice.two() are both @Route GET /status') as string,
    }),
  );
});

test('a path without its slash is told where it is written', () => {
  expect(() => {
    class Wrong {
      @Route('GET', 'status') status() {
        return 1;
      }
    }
    return Wrong;
  }).toThrow(
    expect.objectContaining({
      code: 'ERR_DECORATOR_MISUSE',
      fix: expect.stringContaining("'/status'") as string,
    }),
  );
});
