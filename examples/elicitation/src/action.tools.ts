import { Context, Tool } from 'tenon';

export class ActionTools {
  /** Performs an action, once the person has confirmed it. */
  @Tool({ annotations: { destructiveHint: true } })
  async confirmAction(action: string, ctx: Context) {
    const confirmed = await ctx.requestElicitation({
      prompt: `Confirm ${action}? (yes/no)`,
      responseType: String,
    });
    if (confirmed.toLowerCase() !== 'yes') return { status: 'cancelled', action };
    await performAction(action);
    return { status: 'completed', action };
  }
}

function performAction(_action: string): Promise<void> {
  return Promise.resolve();
}
