import {
  Context,
  createApp,
  jsonSchema,
  McpModule,
  Prompt,
  Resource,
  Tool,
  tool,
  ToolResult,
  use,
  type App,
} from '@tenon/core';
import {
  DereferenceSchemas,
  PromptTools,
  ResourceTools,
  ResponseLimiting,
  ToolInjection,
} from '@tenon/core/middleware';
import { RecordingLogger } from '@tenon/testing';
import { connect, WAYS, type Connected } from './connect.js';

const schema = { type: 'object', properties: { to: { $ref: '#/$defs/Place' } }, required: ['to'] };
const Place = { type: 'string', maxLength: 10 };

const travel = tool({
  name: 'travel',
  description: 'Goes somewhere.',
  input: jsonSchema<{ to: string }>({ ...schema, $defs: { Place } }),
  run: async ({ to }, context: Context) => {
    const { action } = await context.elicit(`To ${to}?`, Boolean);
    return `${to}: ${action}`;
  },
});

class Library {
  @Tool() travel() {
    return 'never seen';
  }
  @Tool() long() {
    return new ToolResult({ content: '漢'.repeat(1000) });
  }
  @Prompt() async ask(ctx: Context, topic: string) {
    const { action } = await ctx.elicit(`About ${topic}?`, Boolean);
    return `Ask about ${topic}: ${action}`;
  }
  @Resource('book://{title}') book(title: string) {
    return `${title} is a book`;
  }
}

@McpModule({
  name: 'library',
  version: '1.0.0',
  handlers: [Library],
  middleware: [
    DereferenceSchemas,
    use(ResponseLimiting, { maxBytes: 500 }),
    use(ToolInjection, { tools: [travel] }),
    PromptTools,
    ResourceTools,
  ],
})
class LibraryModule {}

describe.each(WAYS)('over $over in $version', (way) => {
  let app: App;
  let connected: Connected;

  beforeEach(async () => {
    app = createApp(LibraryModule, { logger: new RecordingLogger() });
    connected = await connect(app, way, {
      'elicitation/create': () => ({ action: 'accept', content: { value: true } }),
    });
  });

  afterEach(async () => {
    await connected.client.close();
    await app.close();
  });

  test('injected tools stand first, and their schemas have no references', async () => {
    const { tools } = await connected.client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      ...['travel', 'list_prompts', 'get_prompt', 'list_resources', 'read_resource'],
      ...['long'],
    ]);
    expect(tools[0]).toMatchObject({ inputSchema: { properties: { to: Place } } });
    expect(JSON.stringify(tools)).not.toContain('$ref');
  });

  test('a call of one is validated, may ask the person, and is answered', async () => {
    const { call } = connected;
    expect(await call('travel', { to: 'Rome' })).toMatchObject({ content: [{ text: 'Rome: accept' }] });
    expect(await call('travel', { to: 'a place far away' })).toMatchObject({ isError: true });
  });

  test('prompts and resources are had through tools, also where they ask the person first', async () => {
    const { call } = connected;
    expect((await call('list_prompts')).structuredContent).toMatchObject({ prompts: [{ name: 'ask' }] });
    expect(await call('get_prompt', { name: 'ask', arguments: { topic: 'tea' } })).toMatchObject({
      content: [{ type: 'text', text: 'Ask about tea: accept' }],
    });
    expect((await call('list_resources')).structuredContent).toMatchObject({
      resources: [],
      resourceTemplates: [{ uriTemplate: 'book://{title}' }],
    });
    expect(await call('read_resource', { uri: 'book://Emma' })).toMatchObject({
      content: [{ type: 'text', text: 'Emma is a book' }],
    });
    expect(await call('read_resource', { uri: 'film://Emma' })).toMatchObject({
      isError: true,
      content: [{ text: "Resource not found: 'film://Emma'" }],
    });
  });

  test('what is too long is cut between two characters', async () => {
    const result = await connected.call('long');
    expect(result).toMatchObject({
      content: [{ text: expect.stringMatching(/^漢+\n\n\[Response truncated/) as string }],
    });
  });
});
