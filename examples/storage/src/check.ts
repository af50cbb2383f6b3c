import { eachWay, overHttp, textOf, type CheckingClient } from '@tenon-examples/checking';
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { EncryptedStore } from 'tenon/storage';
import { storeContract } from 'tenon/storage/contract';
import { QueuedStore, type Table } from './queued-store.js';

const main = new URL('./main.js', import.meta.url);
const STORAGE_PATH = await mkdtemp(join(tmpdir(), 'tenon-example-'));
const [first, second] = [EncryptedStore.generateKey(), EncryptedStore.generateKey()];
try {
  await eachWay(main, check, { env: { STORAGE_PATH, STORAGE_ENCRYPTION_KEY: first } });
  await nothingIsReadable();
  await rotate();
  await checkWithoutKey();
  await checkOwnStore();
} finally {
  await rm(STORAGE_PATH, { recursive: true });
}

async function check(client: CheckingClient): Promise<void> {
  assert.equal(await say(client, 'recall', { name: 'no such' }), 'There is no note no such');
  await client.callTool('keep', { name: '../tea', text: 'a plain note' });
  assert.equal(await say(client, 'recall', { name: '../tea' }), 'a plain note');

  const code = await say(client, 'invite', { guest: 'Ada' });
  const entering = [1, 2, 3].map(() => client.callTool('enter', { code }));
  const entered = (await Promise.all(entering)).filter(({ isError }) => !isError);
  assert.equal(entered.length, 1, 'a code lets one guest in');
}

/** What lies on the disk tells nothing of what was kept. */
async function nothingIsReadable(): Promise<void> {
  for (const entry of await readdir(STORAGE_PATH, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const content = await readFile(join(entry.parentPath, entry.name), 'utf8');
    assert.doesNotMatch(content, /plain|Ada/);
  }
}

/** Each run is another process: notes outlive it, and a change of the key. */
async function rotate(): Promise<void> {
  const recalled = async (env: Record<string, string | undefined>): Promise<string | undefined> => {
    let text: string | undefined;
    await overHttp(
      main,
      async ({ connect }) => {
        const client = await connect('2026-07-28');
        text = await say(client, 'recall', { name: '../tea' });
        if (text === 'a plain note') await client.callTool('keep', { name: '../tea', text });
      },
      { env: { STORAGE_PATH, ...env } },
    );
    return text;
  };
  assert.equal(await recalled({ STORAGE_ENCRYPTION_KEY: first }), 'a plain note');
  assert.equal(await recalled({ STORAGE_ENCRYPTION_KEY: second, STORAGE_OLD_KEY: first }), 'a plain note');
  assert.equal(await recalled({ STORAGE_ENCRYPTION_KEY: second }), 'a plain note');
  assert.equal(await recalled({ STORAGE_ENCRYPTION_KEY: first }), 'There is no note ../tea');
}

/** Without its key the server does not start, and says which variable is missing. */
async function checkWithoutKey(): Promise<void> {
  const env = { STORAGE_PATH, STORAGE_ENCRYPTION_KEY: undefined, STORAGE_OLD_KEY: undefined };
  const without = overHttp(main, () => assert.fail('It serves'), { env });
  await assert.rejects(without, /did not start:.*Set STORAGE_ENCRYPTION_KEY/s);
}

/** The store of one's own keeps to what every store keeps to. */
async function checkOwnStore(): Promise<void> {
  const make = (): QueuedStore => {
    const rows = new Map<string, Awaited<ReturnType<Table['read']>>>();
    return new QueuedStore({
      read: async (key) => {
        await pause(1);
        return rows.get(key);
      },
      write: async (key, row) => {
        await pause(1);
        rows.set(key, row);
      },
      remove: async (key) => {
        await pause(1);
        rows.delete(key);
      },
    });
  };
  const cases = storeContract({ make, abilities: ['atomic'] });
  await Promise.all(cases.map(({ run }) => run()));
}

async function say(client: CheckingClient, tool: string, args = {}): Promise<string> {
  return textOf(await client.callTool(tool, args));
}
