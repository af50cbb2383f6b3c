import { randomUUID } from 'node:crypto';
import { Context, Tool } from 'tenon';

/** State behind a handle that nobody can guess: the model carries it from call to call, in every revision. */
export class WorkspaceTools {
  /** Opens a workspace; give its id to the other tools. */
  @Tool()
  openWorkspace(): string {
    return randomUUID();
  }

  /** Adds a line to the notes of a workspace. */
  @Tool()
  async note(workspace: string, line: string, ctx: Context) {
    const notes = [...(await notesOf(workspace, ctx)), line];
    await ctx.setState(`notes ${workspace}`, notes, { scope: 'server' });
    return notes;
  }

  /** The notes of a workspace. */
  @Tool()
  notes(workspace: string, ctx: Context) {
    return notesOf(workspace, ctx);
  }
}

async function notesOf(workspace: string, ctx: Context): Promise<readonly string[]> {
  return (await ctx.getState<readonly string[]>(`notes ${workspace}`, { scope: 'server' })) ?? [];
}
