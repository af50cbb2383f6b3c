import { createApp, McpModule, prompt, resource, Tool, tool, type ModuleOptions } from '@tenon/core';
import { createTestServer, RecordingLogger } from '@tenon/testing';

class One {
  @Tool() same() {
    return 'one';
  }
}
class Two {
  @Tool() same() {
    return 'two';
  }
}

function twice(onDuplicate: ModuleOptions['onDuplicate'], logger = new RecordingLogger()) {
  @McpModule({ name: 'x', version: '1', handlers: [One, Two], ...(onDuplicate && { onDuplicate }) })
  class TwiceModule {}
  return createApp(TwiceModule, { logger });
}

async function said(app: ReturnType<typeof createApp>) {
  const result = await app.callTool('same');
  await app.close();
  return (result.content[0] as { text: string }).text;
}

test('two components of one name are a mistake that names both', () => {
  expect(() => twice(undefined)).toThrow(
    expect.objectContaining({
      code: 'ERR_COMPONENT_DUPLICATE',
      message: expect.stringMatching(/One\.same\(\).*Two\.same\(\)/) as string,
    }),
  );
});

test('onDuplicate says which of them stays', async () => {
  expect(await said(twice('ignore'))).toBe('one');
  expect(await said(twice('replace'))).toBe('two');
  const logger = new RecordingLogger();
  expect(await said(twice('warn', logger))).toBe('two');
  expect(logger.lines).toMatchObject([
    { level: 'warn', message: expect.stringContaining('Two.same() replaces One.same()') as string },
  ]);
});

@McpModule({ name: 'x', version: '1', handlers: [One], pageSize: 2 })
class PagedModule {}

test('a component added twice while running is refused, and nothing of that call is added', () => {
  const app = createApp(PagedModule);
  expect(() => {
    app.add(tool({ name: 'bad name', run: () => 1 }), tool({ name: 'good', run: () => 1 }));
  }).toThrow(expect.objectContaining({ code: 'ERR_TOOL_NAME' }));
  expect(() => {
    app.add(tool({ name: 'same', run: () => 1 }));
  }).toThrow(expect.objectContaining({ code: 'ERR_COMPONENT_DUPLICATE' }));
  return expect(app.listTools()).resolves.toHaveLength(1);
});

test('a session that is ready is told once of each kind that changed', async () => {
  await using server = await createTestServer(PagedModule);
  const client = await server.connect('2025-11-25');
  const heard: string[] = [];
  client.fallbackNotificationHandler = ({ method }) => {
    heard.push(method);
    return Promise.resolve();
  };
  server.app.add(
    tool({ name: 'a', run: () => 1 }),
    tool({ name: 'b', run: () => 1 }),
    prompt({ name: 'p', run: () => 'x' }),
    resource({ name: 'r', uri: 'r://{x}', run: () => 'x' }),
  );
  await client.ping();
  expect(heard).toEqual([
    'notifications/tools/list_changed',
    'notifications/prompts/list_changed',
    'notifications/resources/list_changed',
  ]);
});

test('a list comes in pages, and a cursor stays good when components come and go', async () => {
  await using server = await createTestServer(PagedModule);
  const client = await server.connect();
  for (const name of ['a', 'b', 'c']) server.app.add(tool({ name, run: () => 1 }));
  const first = await client.listTools({});
  expect(await server.app.listTools()).toHaveLength(4);
  const raw = (cursor?: string) =>
    client.request({ method: 'tools/list', params: cursor === undefined ? {} : { cursor } });
  const page = await raw();
  expect(page.tools.map(({ name }) => name)).toEqual(['same', 'a']);
  server.app.remove({ names: ['same'] });
  const rest = await raw(page.nextCursor);
  expect(rest.tools.map(({ name }) => name)).toEqual(['b', 'c']);
  expect(rest).not.toHaveProperty('nextCursor');
  expect(first.tools.length).toBeGreaterThan(0);
});

test.each(['', 'x', Buffer.from('prompt:p@').toString('base64url'), 7, { a: 1 }])(
  'the cursor %j is none of ours',
  async (cursor) => {
    await using server = await createTestServer(PagedModule);
    const client = await server.connect('2025-11-25');
    await expect(
      client.request({ method: 'tools/list', params: { cursor: cursor as string } }, {} as never),
    ).rejects.toMatchObject({ code: -32602 });
  },
);
