import { Args, Complete, createApp, McpModule, Message, Prompt, PromptError, type App } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import { IsInt, IsOptional, IsString, Min } from 'class-validator';
import { connect, WAYS, type Connected } from './connect.js';

class TripArgs {
  /** Where to. */
  @IsString() city!: string;
  /** How many days. */
  @IsInt() @Min(1) days!: number;
  @IsOptional() @IsString() style?: string = 'slow';
}

class Prompts {
  /**
   * Analyses a topic.
   *
   * @param topic What to look into.
   */
  @Prompt('analyze') analyzeTopic(topic: string) {
    return `Analyze ${topic}.`;
  }

  @Prompt() help() {
    return 'Welcome!';
  }

  /** Plans a trip. */
  @Prompt({ title: 'Trip' }) plan(@Args() { city, days, style }: TripArgs) {
    return [Message.assistant('Where to?'), `${city} for ${days} days, ${style}.`];
  }

  @Prompt() picture() {
    return Message.user({ type: 'image', data: 'AQID', mimeType: 'image/png' });
  }

  @Prompt() closed(): never {
    throw new PromptError('Not before Monday.');
  }

  @Prompt() broken(): never {
    throw new Error('password=hunter2');
  }

  @Complete('plan', 'city') cities(city: string, style?: string) {
    return [`${city}-${style ?? 'any'}`];
  }

  @Complete('plan', 'style') styles() {
    return Array.from({ length: 130 }, (_, i) => `style ${i}`);
  }
}

@McpModule({ name: 'prompts', version: '1.0.0', handlers: [Prompts] })
class PromptModule {}

describe.each(WAYS)('over $over, in $version', (way) => {
  let app: App;
  let client: Connected['client'];
  const logger = new RecordingLogger();
  const get = (name: string, args: Record<string, string> = {}) =>
    client.getPrompt({ name, arguments: args });

  beforeAll(async () => {
    app = createApp(PromptModule, { logger });
    ({ client } = await connect(app, way));
  });
  afterAll(async () => {
    await client.close();
    await app.close();
  });

  test('prompts are listed with their arguments, and how to write those that are no text', async () => {
    const { prompts } = await client.listPrompts();
    expect(prompts.slice(0, 3)).toMatchObject([
      {
        name: 'analyze',
        description: 'Analyses a topic.',
        arguments: [{ name: 'topic', description: 'What to look into.', required: true }],
      },
      { name: 'help' },
      {
        name: 'plan',
        title: 'Trip',
        description: 'Plans a trip.',
        arguments: [
          { name: 'city', description: 'Where to.', required: true },
          { name: 'days', required: true },
          { name: 'style' },
        ],
      },
    ]);
    expect(prompts[1]).not.toHaveProperty('arguments');
    expect(prompts[2]?.arguments?.[1]?.description).toContain('"type":"integer"');
    expect(prompts[2]?.arguments?.[2]).not.toHaveProperty('required');
  });

  test('a string is one message of the user, with the description of the prompt', async () => {
    expect(await get('analyze', { topic: 'whales' })).toMatchObject({
      description: 'Analyses a topic.',
      messages: [{ role: 'user', content: { type: 'text', text: 'Analyze whales.' } }],
    });
    expect((await get('help')).messages).toHaveLength(1);
  });

  test('arguments are read from their text, and left out ones take their default', async () => {
    expect((await get('plan', { city: 'Oslo', days: '3' })).messages).toEqual([
      { role: 'assistant', content: { type: 'text', text: 'Where to?' } },
      { role: 'user', content: { type: 'text', text: 'Oslo for 3 days, slow.' } },
    ]);
  });

  test('content other than text passes', async () => {
    expect((await get('picture')).messages).toEqual([
      { role: 'user', content: { type: 'image', data: 'AQID', mimeType: 'image/png' } },
    ]);
  });

  test('what is missing, wrong or unknown is told by name', async () => {
    await expect(get('analyze')).rejects.toMatchObject({
      code: -32602,
      message: expect.stringContaining('topic is required') as string,
    });
    await expect(get('plan', { city: 'Oslo', days: 'many' })).rejects.toMatchObject({
      code: -32602,
      message: expect.stringContaining('days') as string,
    });
    await expect(get('nothing')).rejects.toMatchObject({
      code: -32602,
      message: expect.stringContaining("Unknown prompt: 'nothing'") as string,
    });
  });

  test('a PromptError is read as it is; any other error stays in the log', async () => {
    await expect(get('closed')).rejects.toThrow('Not before Monday.');
    await expect(get('broken')).rejects.toThrow(/Internal error \(ref \w+\)/);
    expect(logger.lines).toMatchObject([
      { level: 'error', fields: { err: { message: 'password=hunter2' } } },
    ]);
  });

  test('arguments are completed, knowing the others; beyond a hundred the list is cut', async () => {
    const complete = async (name: string, value: string, known?: Record<string, string>) =>
      (
        await client.complete({
          ref: { type: 'ref/prompt', name: 'plan' },
          argument: { name, value },
          ...(known && { context: { arguments: known } }),
        })
      ).completion;
    expect((await complete('city', 'Os', { style: 'fast' })).values).toEqual(['Os-fast']);
    expect((await complete('city', 'Os')).values).toEqual(['Os-any']);
    expect((await complete('days', '')).values).toEqual([]);
    const styles = await complete('style', '');
    expect(styles.values).toHaveLength(100);
    expect(styles).toMatchObject({ total: 130, hasMore: true });
    await expect(
      client.complete({ ref: { type: 'ref/prompt', name: 'none' }, argument: { name: 'a', value: '' } }),
    ).rejects.toMatchObject({ code: -32602 });
  });
});
