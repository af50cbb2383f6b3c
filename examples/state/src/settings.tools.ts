import { Context, Tool } from 'tenon';

/**
 * State of the session: the default, and on revisions without sessions that of the authenticated caller.
 *
 * An anonymous caller without a session has nowhere to keep anything, and is told so; see the workspaces for what works there.
 */
export class SettingsTools {
  /** Stores a configuration value. */
  @Tool()
  async setConfig(key: string, value: string, ctx: Context) {
    await ctx.setState(key, value);
    return { status: 'saved', key };
  }

  /** Retrieves a configuration value. */
  @Tool()
  async getConfig(key: string, ctx: Context) {
    const value = await ctx.getState<string>(key);
    return value === undefined ? { error: `Key '${key}' not found` } : { key, value };
  }
}
