import { FrameworkError } from '@tenon/core';
import { isBuiltin } from 'node:module';
import { makePrivateFile } from '../disk/private-file.js';
import { loadDriver } from '../driver.js';
import type { SqlDatabase } from './sql-database.js';

type Open = new (path: string) => SqlDatabase;

const STORE = 'SqliteStore';
/** What was installed on purpose comes before what Node brings along. */
const LIBRARIES = ['better-sqlite3', 'libsql'] as const;
const OF_NODE: string = 'node:sqlite';

/**
 * Opens a database file with the library there is, for the user of the server only.
 *
 * @throws {FrameworkError} ERR_STORAGE_LIBRARY
 */
export async function openDatabase(path: string): Promise<SqlDatabase> {
  const Database = await databaseClass();
  if (path !== ':memory:') await makePrivateFile(path);
  return new Database(path);
}

async function databaseClass(): Promise<Open> {
  let missing: unknown;
  for (const library of LIBRARIES) {
    try {
      const load = (): Promise<unknown> => import(library);
      return ((await loadDriver({ store: STORE, library }, load)) as { readonly default: Open }).default;
    } catch (error) {
      if (!FrameworkError.is(error)) throw error;
      missing = error;
    }
  }
  // The last that was missed is the one to install: it comes built.
  if (!isBuiltin(OF_NODE)) throw missing;
  return ((await import(OF_NODE)) as { readonly DatabaseSync: Open }).DatabaseSync;
}
