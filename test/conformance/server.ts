import { setTimeout as delay } from 'node:timers/promises';
import { bootstrap, Context, McpModule, Tool, ToolError, type ContentBlock } from 'tenon';
import { AskingTools, InputRequiredTools } from './asking-tools.js';
import { PNG, WAV } from './media.js';
import { FixturePrompts, FixtureResources } from './resources-and-prompts.js';
import { SchemaTools } from './schema-tools.js';

/** What the scenarios wait between two steps, in milliseconds. */
const STEP_MS = 50;

/** The tools the official scenarios call, by the names and with the answers they expect. */
export class ContentTools {
  /** Answers with text. */
  @Tool('test_simple_text')
  simpleText(): string {
    return 'This is a simple text response for testing.';
  }

  /** Answers with a picture. */
  @Tool('test_image_content')
  image(): ContentBlock {
    return { type: 'image', data: PNG, mimeType: 'image/png' };
  }

  /** Answers with a sound. */
  @Tool('test_audio_content')
  audio(): ContentBlock {
    return { type: 'audio', data: WAV, mimeType: 'audio/wav' };
  }

  /** Answers with a resource. */
  @Tool('test_embedded_resource')
  embeddedResource(): ContentBlock {
    const text = 'This is an embedded resource content.';
    return { type: 'resource', resource: { uri: 'test://embedded-resource', mimeType: 'text/plain', text } };
  }

  /** Answers with three kinds of content. */
  @Tool('test_multiple_content_types')
  multipleContentTypes(): ContentBlock[] {
    const text = '{"test":"data","value":123}';
    return [
      { type: 'text', text: 'Multiple content types test:' },
      { type: 'image', data: PNG, mimeType: 'image/png' },
      {
        type: 'resource',
        resource: { uri: 'test://mixed-content-resource', mimeType: 'application/json', text },
      },
    ];
  }

  /** Fails on purpose. */
  @Tool('test_error_handling')
  errorHandling(): never {
    throw new ToolError('This tool intentionally returns an error for testing');
  }
}

/** The tools that tell the client something while they run. */
export class TellingTools {
  /** Logs three times. */
  @Tool('test_tool_with_logging')
  async logging(ctx: Context): Promise<string> {
    await ctx.info('Tool execution started');
    await delay(STEP_MS);
    await ctx.info('Tool processing data');
    await delay(STEP_MS);
    await ctx.info('Tool execution completed');
    return 'Logged three times.';
  }

  /** Logs once. */
  @Tool('test_logging_tool')
  async logOnce(ctx: Context): Promise<string> {
    await ctx.info('A log message');
    return 'Logged once.';
  }

  /** Reports progress three times. */
  @Tool('test_tool_with_progress')
  async progress(ctx: Context): Promise<string> {
    for (const progress of [0, 50, 100]) {
      await ctx.reportProgress(progress, 100, `Completed step ${progress} of 100`);
      await delay(STEP_MS);
    }
    return 'Reported three times.';
  }
}

/** The server the official conformance suite judges. */
@McpModule({
  name: 'conformance-fixture',
  version: '1.0.0',
  handlers: [
    ContentTools,
    TellingTools,
    SchemaTools,
    AskingTools,
    InputRequiredTools,
    FixtureResources,
    FixturePrompts,
  ],
  logLevel: 'warn',
})
export class FixtureModule {}

// A port alone means HTTP: that is how the suite is pointed at it.
const overStdio = process.argv.includes('stdio') || process.argv.includes('--transport=stdio');
await bootstrap(FixtureModule, { transport: overStdio ? 'stdio' : 'http' });
