import { Context, McpModule, Principal, Prompt, Resource, Tool, type MiddlewareHooks } from '@tenon/core';
import { createTestServer, RecordingLogger } from '@tenon/testing';

const passed: string[] = [];
const watching: MiddlewareHooks = {
  onRequest: (call, next) => {
    passed.push(`${call.method} for ${call.context.principal?.subject ?? 'nobody'}`);
    return next();
  },
};

class Guide {
  @Tool() async tour(ctx: Context) {
    const tools = (await ctx.listTools()).map(({ name }) => name);
    const resources = (await ctx.listResources()).map(({ uri }) => uri);
    const prompts = (await ctx.listPrompts()).map(({ name }) => name);
    const [content] = (await ctx.readResource('data://motd')).contents;
    const [message] = (await ctx.getPrompt('greet', { name: 'Ada' })).messages;
    const { content: said } = await ctx.callTool('whisper', { text: 'hi' });
    return { tools, resources, prompts, content, message, said };
  }

  @Tool() whisper(text: string) {
    return text.toLowerCase();
  }

  @Tool() async round(ctx: Context): Promise<unknown> {
    return (await ctx.callTool('round')).content;
  }

  @Tool() async missing(ctx: Context) {
    return ctx.callTool('nothing');
  }

  @Resource('data://motd') motd() {
    return 'Hello';
  }

  @Prompt() greet(name: string) {
    return `Greet ${name}`;
  }
}

@McpModule({ name: 'x', version: '1', handlers: [Guide], middleware: [watching], pageSize: 2 })
class GuideModule {}

test('a handler may ask its own server what its caller may ask, through all middleware', async () => {
  await using server = await createTestServer(GuideModule);
  const client = await server.connect('2025-11-25', {
    principal: new Principal({ issuer: 'i', subject: 'ada' }),
  });
  passed.length = 0;
  const { structuredContent } = await client.callTool({ name: 'tour', arguments: {} });
  expect(structuredContent).toEqual({
    tools: ['tour', 'whisper', 'round', 'missing'],
    resources: ['data://motd'],
    prompts: ['greet'],
    content: { uri: 'data://motd', mimeType: 'text/plain', text: 'Hello' },
    message: { role: 'user', content: { type: 'text', text: 'Greet Ada' } },
    said: [{ type: 'text', text: 'hi' }],
  });
  expect(passed.slice(0, 4)).toEqual([
    'tools/call for ada',
    'tools/list for ada',
    'tools/list for ada',
    'resources/list for ada',
  ]);
});

test('a tool that calls itself without end is told so, and what is unknown is unknown', async () => {
  const logger = new RecordingLogger();
  await using server = await createTestServer(GuideModule, { logger });
  const client = await server.connect();
  const { content } = await client.callTool({ name: 'round', arguments: {} });
  expect(JSON.stringify(content)).toContain('goes in circles');
  expect(logger.lines).toMatchObject([
    { fields: { err: { code: 'ERR_CALL_LOOP', message: /Guide\.round/ } } },
  ]);
  await expect(client.callTool({ name: 'missing', arguments: {} })).rejects.toThrow(
    "Unknown tool: 'nothing'",
  );
});
