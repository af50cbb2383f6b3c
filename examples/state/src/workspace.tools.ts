import { HeldSession, SessionHandle, Tool } from 'tenon';

/** State behind a handle: the model carries it from call to call, in every revision, whoever calls. */
export class WorkspaceTools {
  /** Adds a line to the notes of a session. */
  @Tool()
  async note(line: string, @SessionHandle() session: HeldSession) {
    const notes = [...(await notesOf(session)), line];
    await session.set('notes', notes);
    return notes;
  }

  /** The notes of a session. */
  @Tool()
  notes(@SessionHandle() session: HeldSession) {
    return notesOf(session);
  }
}

async function notesOf(session: HeldSession): Promise<readonly string[]> {
  return (await session.get<readonly string[]>('notes')) ?? [];
}
