import { Context, createApp, Injectable, McpModule, Tool, ToolError, type Params } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import { connect, WAYS, type Answers } from './connect.js';

class Asking {
  @Tool() async preferring(ctx: Context) {
    const { text } = await ctx.sample('Hello', {
      systemPrompt: 'Be brief.',
      modelPreferences: ['first', 'second'],
      temperature: 0.5,
      maxTokens: 20,
      stopSequences: ['.'],
    });
    return text;
  }

  @Tool() async weighing(ctx: Context) {
    const modelPreferences = { hints: [{ name: 'small' }], costPriority: 1, speedPriority: 0.5 };
    return (await ctx.sample('Hello', { modelPreferences })).text;
  }

  @Tool() async calculating(ctx: Context) {
    const { text, history } = await ctx.sample('What is 2 times 3?', {
      tools: [
        'fails',
        {
          name: 'times',
          inputSchema: { type: 'object', properties: { a: { type: 'number' }, b: { type: 'number' } } },
          run: ({ a, b }) => Number(a) * Number(b),
        },
      ],
    });
    return `${text} after ${history.length} messages`;
  }

  @Tool() async bounded(ctx: Context) {
    const times = { name: 'times', inputSchema: { type: 'object' }, run: () => 0 };
    return (await ctx.sample('Go on', { tools: [times], maxSteps: 2 })).text;
  }

  @Tool() fails() {
    throw new ToolError('No such thing');
  }
}

/** The server's own model: says what it was asked. */
@Injectable()
class OwnModel {
  createMessage(params: Params) {
    const [message] = params.messages as { content: { text: string } }[];
    const content = { type: 'text' as const, text: `own model: ${message?.content.text}` };
    return { role: 'assistant' as const, model: 'own', content };
  }
}

@McpModule({ name: 'sampling', version: '1', handlers: [Asking] })
class SamplingModule {}

@McpModule({
  name: 'sampling',
  version: '1',
  handlers: [Asking],
  providers: [OwnModel],
  sampling: { handler: OwnModel },
})
class WithOwnModule {}

interface Asked extends Params {
  readonly messages: readonly { readonly content: unknown }[];
  readonly toolChoice?: { readonly mode: string };
}

const says = (text: string) => ({ role: 'assistant', model: 'm', content: { type: 'text', text } });
const uses = (...uses: { id: string; name: string; input: object }[]) => ({
  role: 'assistant',
  model: 'm',
  stopReason: 'toolUse',
  content: uses.map((use) => ({ type: 'tool_use', ...use })),
});

describe.each(WAYS)('over $over, in $version', (way) => {
  const started: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of started.splice(0)) await stop();
  });

  async function client(model?: (params: Asked) => unknown, Module: new () => object = SamplingModule) {
    const app = createApp(Module, { logger: new RecordingLogger() });
    const answers: Answers = model ? { 'sampling/createMessage': model } : {};
    const connected = await connect(app, way, answers);
    started.push(async () => {
      await connected.client.close();
      await app.close();
    });
    return async (name: string) => ((await connected.call(name)).content[0] as { text: string }).text;
  }

  test('the client is told which model is meant, and how it should answer', async () => {
    const asked: Asked[] = [];
    const text = await client((params) => {
      asked.push(params);
      return says('Hi');
    });
    expect([await text('preferring'), await text('weighing')]).toEqual(['Hi', 'Hi']);
    expect(asked).toMatchObject([
      {
        systemPrompt: 'Be brief.',
        modelPreferences: { hints: [{ name: 'first' }, { name: 'second' }] },
        temperature: 0.5,
        maxTokens: 20,
        stopSequences: ['.'],
      },
      {
        modelPreferences: { hints: [{ name: 'small' }], costPriority: 1, speedPriority: 0.5 },
        maxTokens: 512,
      },
    ]);
  });

  test('the model calls several tools until it answers; a failure of one is for it to read', async () => {
    const results: unknown[] = [];
    const text = await client(({ messages }) => {
      if (messages.length === 1)
        return uses(
          { id: 'u1', name: 'times', input: { a: 2, b: 3 } },
          { id: 'u2', name: 'fails', input: {} },
          { id: 'u3', name: 'unknown', input: {} },
        );
      if (messages.length === 3) {
        results.push(...(messages[2]?.content as unknown[]));
        return uses({ id: 'u4', name: 'times', input: { a: 6, b: 1 } });
      }
      return says('Six');
    });
    expect(await text('calculating')).toBe('Six after 6 messages');
    expect(results).toMatchObject([
      { type: 'tool_result', toolUseId: 'u1', content: [{ text: '6' }] },
      { type: 'tool_result', toolUseId: 'u2', content: [{ text: 'No such thing' }], isError: true },
      { type: 'tool_result', toolUseId: 'u3', content: [{ text: "Unknown tool: 'unknown'" }], isError: true },
    ]);
  });

  test('after its steps the model may call no more tools', async () => {
    const choices: unknown[] = [];
    let n = 0;
    const text = await client(({ toolChoice }) => {
      choices.push(toolChoice?.mode);
      return toolChoice?.mode === 'none' ? says('Enough') : uses({ id: `u${++n}`, name: 'times', input: {} });
    });
    expect(await text('bounded')).toBe('Enough');
    expect(choices).toEqual([undefined, undefined, 'none']);
  });

  test("the server's own model answers for a client that has none, and only for such", async () => {
    const without = await client(undefined, WithOwnModule);
    expect(await without('weighing')).toBe('own model: Hello');
    const having = await client(() => says("the client's model"), WithOwnModule);
    expect(await having('weighing')).toBe("the client's model");
  });
});
