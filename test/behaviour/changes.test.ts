import { createApp, Hidden, McpModule, prompt, resource, Tags, tool, Tool, type App } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import { z } from 'zod';
import { connect, WAYS, type Connected } from './connect.js';

@Tags('all')
class Tools {
  @Tool({ tags: ['public'] }) open() {
    return 'open';
  }
  @Tool({ tags: ['admin'] }) admin() {
    return 'admin';
  }
  @Hidden() @Tool() hidden() {
    return 'found';
  }
}

@McpModule({
  name: 'changes',
  version: '1.0.0',
  handlers: [Tools],
  components: [resource({ name: 'config', uri: 'data://config', run: () => ({ a: 1 }) })],
})
class ChangesModule {}

describe.each(WAYS)('over $over, in $version', (way) => {
  let app: App;
  let client: Connected['client'];
  let call: Connected['call'];
  const names = async () => (await client.listTools()).tools.map(({ name }) => name);

  beforeEach(async () => {
    app = createApp(ChangesModule, { logger: new RecordingLogger() });
    ({ client, call } = await connect(app, way));
  });
  afterEach(async () => {
    await client.close();
    await app.close();
  });

  test('what is added can be listed and called at once, checked as everything is', async () => {
    app.add(
      tool({
        name: 'double',
        input: z.object({ n: z.number() }),
        run: ({ n }, ctx) => `${n * 2} for ${ctx.client.info?.name}`,
      }),
      prompt({ name: 'greet', input: z.object({ name: z.string() }), run: ({ name }) => `Greet ${name}.` }),
      resource({ name: 'note', uri: 'note://{id}', run: ({ id }: { id: string }) => `note ${id}` }),
    );
    expect(await names()).toEqual(['open', 'admin', 'double']);
    expect((await call('double', { n: 4 })).content).toEqual([{ type: 'text', text: '8 for test' }]);
    expect((await call('double', { n: 'x' })).isError).toBe(true);
    expect((await client.getPrompt({ name: 'greet', arguments: { name: 'Ada' } })).messages).toHaveLength(1);
    expect((await client.readResource({ uri: 'note://7' })).contents).toMatchObject([{ text: 'note 7' }]);
    expect((await client.readResource({ uri: 'data://config' })).contents).toMatchObject([
      { text: '{"a":1}' },
    ]);
  });

  test('what is disabled is gone from lists and calls alike, until it is enabled again', async () => {
    expect(app.disable({ tags: ['admin'] })).toBe(1);
    expect(await names()).toEqual(['open']);
    await expect(call('admin')).rejects.toThrow("Unknown tool: 'admin'");
    expect(app.enable({ tags: ['admin'] })).toBe(1);
    expect((await call('admin')).content).toMatchObject([{ text: 'admin' }]);
  });

  test('what is hidden from the start can be offered later', async () => {
    await expect(call('hidden')).rejects.toThrow("Unknown tool: 'hidden'");
    expect(app.enable({ kinds: ['tool'], names: ['hidden'] })).toBe(1);
    expect((await call('hidden')).content).toMatchObject([{ text: 'found' }]);
  });

  test('what is removed is unknown', async () => {
    expect(app.remove({ names: ['open', 'data://config'] })).toBe(2);
    expect(await names()).toEqual(['admin']);
    expect((await client.listResources()).resources).toEqual([]);
    expect(app.remove({ names: ['open'] })).toBe(0);
  });
});
