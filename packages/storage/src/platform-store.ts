import type { AtomicStore } from '@tenon/core';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { DiskStore } from './disk-store.js';
import { keyFile } from './disk/key-file.js';
import { checkKeys, EncryptedStore } from './wrappers/encrypted-store.js';

/** The store a platform offers for what should outlive a process, and the folder it is in. */
export interface PlatformStore {
  readonly store: AtomicStore;
  readonly place: string;
}

/**
 * Encrypted files in the user's data folder, under the name of a server; undefined where the platform offers none.
 *
 * The key is STORAGE_ENCRYPTION_KEY, else one made at the first use and kept beside the records in a file for this user only.
 *
 * @throws {FrameworkError} ERR_STORAGE_KEY
 */
export function platformStore(of: {
  readonly name: string;
  readonly platform?: NodeJS.Platform;
  readonly home?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}): PlatformStore | undefined {
  const { platform = process.platform, home = homedir(), env = process.env } = of;
  const data = dataFolder(platform, home, env);
  if (data === undefined) return undefined;
  const given = env.STORAGE_ENCRYPTION_KEY;
  if (given !== undefined) checkKeys(given, 'STORAGE_ENCRYPTION_KEY');
  const place = join(data, 'tenon', folderName(of.name));
  const key = (): string => given ?? keyFile(join(place, 'key'));
  return {
    place,
    store: new EncryptedStore({ store: new DiskStore({ path: join(place, 'storage') }), key }),
  };
}

function dataFolder(
  platform: NodeJS.Platform,
  home: string,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support');
  if (platform === 'win32') return env.LOCALAPPDATA ?? join(home, 'AppData', 'Local');
  return undefined;
}

/** A name that is one folder on every platform; names that differ stay different. */
function folderName(name: string): string {
  const plain = name.replace(/[^a-z0-9_-]/g, (char) => `%${(char.codePointAt(0) ?? 0).toString(16)}`);
  return `server-${plain}`.slice(0, 200);
}
