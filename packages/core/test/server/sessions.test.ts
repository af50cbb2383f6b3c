import { Context, createApp, Injectable, McpModule, OnSession, Tool } from '@tenon/core';
import { createTestServer, RecordingLogger } from '@tenon/testing';

const steps: string[] = [];

@Injectable({ lifetime: 'session' })
class Stay {
  name = '';
  onClose() {
    steps.push(`end of ${this.name}`);
  }
}

class Greeter {
  @OnSession() async begin(ctx: Context, stay: Stay) {
    await Promise.resolve();
    stay.name = `${ctx.client.info?.name} ${ctx.version}`;
    steps.push(`begin ${stay.name}`);
  }
  @Tool() whose(stay: Stay) {
    return stay.name;
  }
}

@McpModule({ name: 'x', version: '1', handlers: [Greeter], providers: [Stay] })
class SessionModule {}

beforeEach(() => {
  steps.length = 0;
});

test('what is to run at the beginning of a session runs once each, before the session is used', async () => {
  const server = await createTestServer(SessionModule);
  const clients = [await server.connect('2025-11-25'), await server.connect('2025-11-25')];
  expect(steps).toEqual(['begin test 2025-11-25', 'begin test 2025-11-25']);
  expect((await clients[0]?.callTool({ name: 'whose', arguments: {} }))?.content).toEqual([
    { type: 'text', text: 'test 2025-11-25' },
  ]);
  await server.close();
  expect(steps.slice(2)).toEqual(['end of test 2025-11-25', 'end of test 2025-11-25']);
});

test('the revision without sessions runs none of it', async () => {
  await using server = await createTestServer(SessionModule);
  const client = await server.connect('2026-07-28');
  await client.callTool({ name: 'whose', arguments: {} });
  expect(steps).not.toContain('begin test 2026-07-28');
});

class Refusing {
  tries = 0;
  @OnSession() begin() {
    if (++this.tries === 1) throw new Error('not yet');
  }
}

test('a session whose beginning fails is refused, and can be begun again', async () => {
  @McpModule({ name: 'x', version: '1', handlers: [Refusing] })
  class RefusingModule {}
  const logger = new RecordingLogger();
  await using server = await createTestServer(RefusingModule, { logger });
  await expect(server.connect('2025-11-25')).rejects.toThrow(/Internal error/);
  await expect(server.connect('2025-11-25')).resolves.toBeDefined();
  expect(logger.lines).toMatchObject([{ message: 'initialize failed' }]);
});

test('a class may have nothing but what runs at the beginning', () => {
  @McpModule({ name: 'x', version: '1', handlers: [Refusing] })
  class OnlyModule {}
  expect(() => createApp(OnlyModule)).not.toThrow();
});
