import { FrameworkError } from '@tenon/core';
import type { ClassicLevel } from 'classic-level';
import { makePrivateFolder } from '../disk/private-file.js';
import { errnoOf } from '../disk/errno.js';
import { loadDriver } from '../driver.js';

/** The database of a LevelStore: text under text. */
export type LevelDatabase = ClassicLevel;

/**
 * Opens the database in a folder, which belongs to this process until it is closed.
 *
 * @throws {FrameworkError} ERR_STORAGE_LIBRARY, ERR_STORAGE_OPEN
 */
export async function openLevel(path: string): Promise<LevelDatabase> {
  const { ClassicLevel } = await loadDriver(
    { store: 'LevelStore', library: 'classic-level' },
    () => import('classic-level'),
  );
  try {
    await makePrivateFolder(path);
    const database = new ClassicLevel(path);
    await database.open();
    return database;
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    throw new FrameworkError(
      'ERR_STORAGE_OPEN',
      { store: `LevelStore({ path: ${JSON.stringify(path)} })`, ...reasonOf(cause) },
      { cause },
    );
  }
}

function reasonOf(cause: unknown): { readonly reason: string; readonly cure: string } {
  if (errnoOf(cause) === 'LEVEL_LOCKED')
    return {
      reason: 'another process, or another store of this one, holds the folder',
      cure: 'A folder of LevelDB is for one store at a time: give each a folder of its own, or share a DiskStore or a RedisStore.',
    };
  return {
    reason: cause instanceof Error ? cause.message : String(cause),
    cure: 'Give it a folder of its own, that the server may make and write.',
  };
}
