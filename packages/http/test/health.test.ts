import { createApp, McpModule, Tool, type App } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import Fastify from 'fastify';
import { http, mcp, Route } from '../src/index.js';

class Tools {
  @Tool() hello() {
    return 'hello';
  }
}

@McpModule({ name: 'test', version: '1.0.0', handlers: [Tools] })
class TestModule {}

const create = (module = TestModule): App => createApp(module, { logger: new RecordingLogger() });

describe('with http()', () => {
  let app: App;
  let url: string;
  const serve = async (options = {}, module = TestModule): Promise<void> => {
    app = create(module);
    url = (await app.serve(http({ port: 0, ...options }))).url ?? '';
  };
  const at = async (path: string): Promise<readonly [number, string]> => {
    const response = await fetch(new URL(path, url));
    return [response.status, await response.text()];
  };
  afterEach(() => app.close());

  test('a word says that the process lives, and that it takes requests', async () => {
    await serve();
    expect(await at('/health/live')).toEqual([200, 'live']);
    expect(await at('/health/ready')).toEqual([200, 'ready']);
  });

  test('it can be left out', async () => {
    await serve({ health: false });
    expect((await at('/health/live'))[0]).toBe(404);
  });

  test('a route of your own takes its place', async () => {
    class Health {
      @Route('GET', '/health/ready') ready() {
        return 'mine';
      }
    }
    @McpModule({ name: 'test', version: '1.0.0', handlers: [Health] })
    class HealthModule {}
    await serve({}, HealthModule);
    expect(await at('/health/ready')).toEqual([200, 'mine']);
    expect(await at('/health/live')).toEqual([200, 'live']);
  });

  test('what is served nowhere says where MCP is, and to older clients how they could be served', async () => {
    await serve({ path: '/tools' });
    const [status, body] = await at('/other');
    expect(status).toBe(404);
    expect(body).toContain('MCP is served at /tools');
    expect(body).not.toContain('HTTP+SSE');
    expect((await at('/sse?x=1'))[1]).toContain('http({ sse: true })');
  });
});

describe('in a Fastify of yours', () => {
  test('it is not served unless asked for', async () => {
    const fastify = Fastify();
    fastify.register(mcp(create()), { prefix: '/mcp' });
    expect((await fastify.inject('/health/live')).statusCode).toBe(404);
    expect((await fastify.inject('/mcp/health/live')).statusCode).toBe(404);
    await fastify.close();
  });

  test('ready is 503 from when the app begins to close, live is not', async () => {
    const app = create();
    const fastify = Fastify();
    fastify.register(mcp(app, { health: true }), { prefix: '/mcp' });
    // Health checks come by addresses and names of their own.
    const ready = () => fastify.inject({ url: '/mcp/health/ready', headers: { host: '10.0.0.7:8000' } });
    expect([(await ready()).statusCode, (await ready()).body]).toEqual([200, 'ready']);
    const closing = app.close();
    expect([(await ready()).statusCode, (await ready()).body]).toEqual([503, 'closing']);
    expect((await fastify.inject('/mcp/health/live')).body).toBe('live');
    await closing;
    await fastify.close();
  });
});
