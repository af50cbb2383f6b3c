import { chmod, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Makes a file that only the user of the server may read, and the folder it is in; one that is there keeps its content. */
export async function makePrivateFile(path: string): Promise<void> {
  await makePrivateFolder(dirname(path));
  const handle = await open(path, 'a', 0o600);
  await handle.close();
  await chmod(path, 0o600);
}

/** Makes a folder that only the user of the server may read; one that is there stays as it is. */
export async function makePrivateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
}
