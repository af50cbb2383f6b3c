import { Context, Tool } from 'tenon';

/** State of the server: what one caller keeps, every other reads. */
export class NoticeTools {
  /** Puts up a notice for everybody. */
  @Tool()
  async putUp(text: string, ctx: Context): Promise<string> {
    const author = await ctx.getState<string>('client', { scope: 'request' });
    await ctx.setState('notice', `${author}: ${text}`, { scope: 'server' });
    return 'It hangs';
  }

  /** Takes the notice down. */
  @Tool()
  async takeDown(ctx: Context): Promise<string> {
    return (await ctx.deleteState('notice', { scope: 'server' })) ? 'It is gone' : 'There was none';
  }

  /** Reads the notice. */
  @Tool()
  async notice(ctx: Context): Promise<string> {
    return (await ctx.getState('notice', { scope: 'server', default: 'Nothing new' })) ?? '';
  }
}
