import { setTimeout as delay } from 'node:timers/promises';
import { Context, Tool } from 'tenon';

/** What the scenarios wait between two steps, in milliseconds. */
const STEP_MS = 50;

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

  /** Sends its client away, which comes back for the answer. */
  @Tool('test_reconnection')
  async reconnection(ctx: Context): Promise<string> {
    ctx.closeStream();
    await delay(2 * STEP_MS);
    return 'Answered after the stream was closed.';
  }
}
