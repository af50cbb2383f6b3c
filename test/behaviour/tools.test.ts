import { Args, Context, createApp, Injectable, McpModule, Tool, ToolError, type App } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import { IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { z } from 'zod';
import { connect, WAYS, type Connected } from './connect.js';

class SearchQuery {
  /** What to look for. */
  @IsString() @Length(1, 100) query!: string;
  /** How many at most. */
  @IsOptional() @IsInt() @Min(1) @Max(100) limit?: number = 10;
}

class Weather {
  @IsString() city!: string;
  @IsInt() degrees!: number;
}

let begun: () => void = () => undefined;
let heard: () => void = () => undefined;
const closed: boolean[] = [];

@Injectable({ lifetime: 'request' })
class Trace {
  readonly steps: string[] = [];
  onClose({ ok }: { ok: boolean }) {
    closed.push(ok);
  }
}

class Tools {
  /** Says hello. */
  @Tool() hello(name: string) {
    return `Hello, ${name}!`;
  }

  /** Finds documents. */
  @Tool({ tags: ['search'], annotations: { readOnlyHint: true } })
  search(@Args() { query, limit }: SearchQuery) {
    return { query, limit };
  }

  @Tool({ output: Weather }) async weather(city: string) {
    return Promise.resolve({ city, degrees: 21 });
  }

  @Tool({ input: z.object({ n: z.number().int() }), output: z.array(z.number()) })
  countdown({ n }: { n: number }) {
    return Array.from({ length: n }, (_, i) => n - i);
  }

  @Tool() refuse() {
    throw new ToolError('Not on a Sunday.');
  }

  @Tool() fail(trace: Trace): string {
    trace.steps.push('failing');
    throw new Error('password=hunter2');
  }

  @Tool() async steps(ctx: Context, trace: Trace) {
    for (const step of [1, 2, 3]) {
      trace.steps.push(`step ${step}`);
      await ctx.reportProgress(step, 3, `step ${step}`);
    }
    return trace.steps;
  }

  @Tool() wait(signal: AbortSignal) {
    return new Promise<string>((resolve) => {
      signal.addEventListener('abort', () => {
        resolve('too late');
        heard();
      });
      begun();
    });
  }
}

@McpModule({
  name: 'behaviour',
  version: '1.0.0',
  instructions: 'Ask away.',
  handlers: [Tools],
  providers: [Trace],
})
class TestModule {}

// verifies 2026:18
describe.each(WAYS)('over $over, in $version', (way) => {
  let app: App;
  let client: Connected['client'];
  let call: Connected['call'];
  const logger = new RecordingLogger();

  beforeAll(async () => {
    app = createApp(TestModule, { logger });
    ({ client, call } = await connect(app, way));
  });
  afterAll(async () => {
    await client.close();
    await app.close();
  });

  test('the server says who it is and what it can do', () => {
    expect(client.getServerVersion()).toMatchObject({ name: 'behaviour', version: '1.0.0' });
    expect(client.getInstructions()).toBe('Ask away.');
    expect(client.getServerCapabilities()).toMatchObject({ tools: {}, logging: {} });
  });

  test('tools are listed with what their source says about them', async () => {
    const { tools } = await client.listTools();
    expect(tools.map((tool) => tool.name)).toEqual([
      'hello',
      'search',
      'weather',
      'countdown',
      'refuse',
      'fail',
      'steps',
      'wait',
    ]);
    expect(tools[0]).toMatchObject({
      description: 'Says hello.',
      inputSchema: {
        type: 'object',
        properties: { name: { type: 'string' } },
        required: ['name'],
        additionalProperties: false,
      },
    });
    expect(tools[1]).toMatchObject({
      annotations: { readOnlyHint: true },
      inputSchema: {
        properties: {
          query: { type: 'string', minLength: 1, maxLength: 100, description: 'What to look for.' },
          limit: { minimum: 1, maximum: 100, default: 10, description: 'How many at most.' },
        },
        required: ['query'],
      },
    });
  });

  test('a text is answered as it is', async () => {
    expect(await call('hello', { name: 'Ada' })).toMatchObject({
      content: [{ type: 'text', text: 'Hello, Ada!' }],
    });
  });

  test('an object is answered as text and as structured content, with the default that was left out', async () => {
    const result = await call('search', { query: 'x' });
    expect(result).toMatchObject({ structuredContent: { query: 'x', limit: 10 } });
    expect(result.content).toEqual([{ type: 'text', text: '{"query":"x","limit":10}' }]);
  });

  test('a declared output is published and sent', async () => {
    expect((await call('weather', { city: 'Oslo' })).structuredContent).toEqual({
      city: 'Oslo',
      degrees: 21,
    });
  });

  test('a Standard Schema checks what comes in and wraps what is no object', async () => {
    expect((await call('countdown', { n: 3 })).structuredContent).toEqual({ result: [3, 2, 1] });
    expect(await call('countdown', { n: 1.5 })).toMatchObject({ isError: true });
  });

  test('every wrong argument is named, and the handler is not called', async () => {
    const result = await call('search', { limit: 0, colour: 'red' });
    expect(result.isError).toBe(true);
    const [{ text }] = result.content as unknown as [{ text: string }];
    for (const field of ['query', 'limit', 'colour']) expect(text).toContain(field);
  });

  test('an unknown tool is a protocol error', async () => {
    await expect(call('constructor')).rejects.toMatchObject({ code: -32602 });
  });

  test('a ToolError reaches the model as it is', async () => {
    expect(await call('refuse')).toMatchObject({ isError: true, content: [{ text: 'Not on a Sunday.' }] });
  });

  test('any other error stays in the log, under the reference the client is given', async () => {
    closed.length = 0;
    const result = await call('fail');
    const [{ text }] = result.content as unknown as [{ text: string }];
    expect(result.isError).toBe(true);
    expect(text).not.toContain('hunter2');
    const [, reference] = /ref ([0-9a-f]+)/.exec(text) ?? [];
    expect(logger.lines.find((line) => line.fields.reference === reference)?.fields.err).toMatchObject({
      message: 'password=hunter2',
    });
    expect(closed).toEqual([false]);
  });

  test("progress arrives before the answer, and a request-scoped provider is the message's own", async () => {
    closed.length = 0;
    const progress: unknown[] = [];
    const result = await call(
      'steps',
      {},
      {
        onprogress: (report) => progress.push(report),
      },
    );
    expect(result.content).toEqual([{ type: 'text', text: '["step 1","step 2","step 3"]' }]);
    expect(progress).toMatchObject([
      { progress: 1, total: 3 },
      { progress: 2 },
      { progress: 3, message: 'step 3' },
    ]);
    expect(closed).toEqual([true]);
  });

  test('a call the client gives up is aborted in the handler', async () => {
    const giveUp = new AbortController();
    const atWork = new Promise<void>((resolve) => (begun = resolve));
    const abortHeard = new Promise<void>((resolve) => (heard = resolve));
    const answer = call('wait', {}, { signal: giveUp.signal });
    await atWork;
    giveUp.abort('enough');
    await expect(answer).rejects.toBeDefined();
    await abortHeard;
  });
});
