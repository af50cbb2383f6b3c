import {
  Context,
  createApp,
  jsonSchema,
  McpModule,
  Middleware,
  ReadOnly,
  Tool,
  tool,
  use,
  type Call,
  type CallToolParams,
  type CallToolResult,
  type Constructor,
  type FrameworkError,
  type MiddlewareHooks,
  type MiddlewareListing,
  type ModuleOptions,
  type Next,
} from '@tenon/core';
import { ResponseCaching, ToolInjection } from '@tenon/core/middleware';
import { createTestServer, ManualClock, RecordingLogger } from '@tenon/testing';

let runs: string[] = [];

class Own {
  @Tool() one() {
    return 'real one';
  }
  @ReadOnly() @Tool() two() {
    runs.push('real two');
    return 'real two';
  }
  @Tool() async calls(ctx: Context) {
    return { content: (await ctx.callTool('help', { topic: 'calls' })).content };
  }
}

const help = tool({
  name: 'help',
  description: 'Explains a topic.',
  input: jsonSchema<{ topic: string; depth: number }>({
    type: 'object',
    properties: { topic: { type: 'string' }, depth: { type: 'integer' } },
    required: ['topic'],
  }),
  output: jsonSchema<{ text: string }>({
    type: 'object',
    properties: { text: { type: 'string' } },
    required: ['text'],
  }),
  run: ({ topic, depth = 1 }, context: Context) => ({
    text: `${topic} ${typeof depth} for ${context.principal?.subject ?? 'nobody'}`,
  }),
});

const two = tool({
  name: 'two',
  run: () => {
    runs.push('injected two');
    return 'injected two';
  },
});

function moduleOf(middleware: readonly MiddlewareListing[], more: ModuleOptions = {}): Constructor {
  @McpModule({ name: 't', version: '1', handlers: [Own], middleware, ...more })
  class Root {}
  return Root;
}

const text = (result: CallToolResult) => (result.content[0] as { text: string }).text;

function mistakeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as FrameworkError).message;
  }
  return '';
}

beforeEach(() => {
  runs = [];
});

test('injected tools are listed first, shadow real ones, and leave the others alone', async () => {
  await using server = await createTestServer(moduleOf([use(ToolInjection, { tools: [help, two] })]));
  const client = await server.connect();
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(['help', 'two', 'one', 'calls']);
  expect(text(await server.app.callTool('two'))).toBe('injected two');
  expect(text(await server.app.callTool('one'))).toBe('real one');
  await expect(server.app.callTool('constructor')).rejects.toThrow("Unknown tool: 'constructor'");
});

test('a call of one is validated and answered like any other, also where the server calls itself', async () => {
  const app = createApp(moduleOf([new ToolInjection({ tools: [help] })]));
  const { structuredContent } = await app.callTool('help', { topic: 'tea', depth: '3' });
  expect(structuredContent).toEqual({ text: 'tea number for nobody' });
  const refused = await app.callTool('help', {});
  expect([refused.isError, text(refused)]).toEqual([
    true,
    expect.stringMatching(/^Invalid arguments for tool 'help': topic/),
  ]);
  expect(text(await app.callTool('calls'))).toContain('calls number for nobody');
});

test('they are read as strictly as their option says', async () => {
  const app = createApp(moduleOf([use(ToolInjection, { tools: [help], validation: 'strict' })]));
  expect((await app.callTool('help', { topic: 'tea', depth: '3' })).isError).toBe(true);
});

test('on a list of pages they stand on the first, and shadow on all', async () => {
  const module = moduleOf([use(ToolInjection, { tools: [two] })], { pageSize: 1 });
  await using server = await createTestServer(module);
  const client = await server.connect('2025-11-25');
  const first = await client.listTools();
  const second = await client.listTools({ cursor: first.nextCursor });
  const third = await client.listTools({ cursor: second.nextCursor });
  expect([first, second, third].map(({ tools }) => tools.map(({ name }) => name))).toEqual([
    ['two', 'one'],
    [],
    ['calls'],
  ]);
});

test('middleware behind it sees them as tools, and their time is limited like that of any', async () => {
  const seen: unknown[] = [];
  @Middleware()
  class Seeing implements MiddlewareHooks {
    onCallTool(call: Call<CallToolParams>, next: Next<CallToolParams, CallToolResult>) {
      seen.push(call.component?.origin);
      return next(
        call.params.name === 'help' ? call.with({ ...call.params, arguments: { topic: 'changed' } }) : call,
      );
    }
  }
  const slow = tool({ name: 'slow', timeoutMs: 1000, run: () => new Promise(() => undefined) });
  const clock = new ManualClock();
  const module = moduleOf([use(ToolInjection, { tools: [help, slow] }), Seeing]);
  const app = createApp(module, { clock, logger: new RecordingLogger() });
  expect(text(await app.callTool('help', { topic: 'tea' }))).toContain('changed number');
  expect(seen).toEqual(["tool 'help'"]);
  const late = app.callTool('slow');
  await new Promise((resolve) => setImmediate(resolve));
  clock.advance(1100);
  expect(text(await late)).toBe("Tool 'slow' took longer than 1000 ms");
});

test('a cache in front of it keeps nothing of what shadows a tool it knows', async () => {
  const app = createApp(moduleOf([ResponseCaching, use(ToolInjection, { tools: [two] })]));
  for (const _ of [1, 2]) expect(text(await app.callTool('two'))).toBe('injected two');
  expect(runs).toEqual(['injected two', 'injected two']);
});

test('one that calls the tool it shadows goes in circles, and is told so', async () => {
  const one = tool({
    name: 'one',
    run: async (_: unknown, context: Context) => ({ content: (await context.callTool('one')).content }),
  });
  const logger = new RecordingLogger();
  const app = createApp(moduleOf([use(ToolInjection, { tools: [one] })]), { logger });
  expect(text(await app.callTool('one'))).toContain('goes in circles');
  expect(logger.lines.map(({ message }) => message)).toContain('A call stands inside itself');
});

test('what is wrong with injected tools is told when the app is created', () => {
  const misnamed = tool({ name: 'no name', run: () => 1 });
  const mirrored = tool({
    name: 'mirrored',
    input: jsonSchema({
      type: 'object',
      properties: { region: { type: 'string', 'x-mcp-header': 'Region' } },
    }),
    run: () => 1,
  });
  const told = mistakeOf(() =>
    createApp(moduleOf([use(ToolInjection, { tools: [misnamed, mirrored, help, help] })])),
  );
  for (const code of ['ERR_TOOL_NAME', 'ERR_TOOL_HEADER', 'ERR_COMPONENT_DUPLICATE'])
    expect(told).toContain(code);
  expect(told).toContain('nobody checks the headers of an injected tool');
  expect(mistakeOf(() => createApp(moduleOf([use(ToolInjection, { tools: ['help'] as never })])))).toContain(
    'ERR_OPTION_VALUE',
  );
  expect(mistakeOf(() => new ToolInjection({ tools: [misnamed] }))).toContain('ERR_TOOL_NAME');
});
