import { LevelStore } from '@tenon/storage/level';
import { storeContract } from '@tenon/storage/contract';
import { FrameworkError } from '@tenon/core';
import { ManualClock } from '@tenon/testing';
import { ClassicLevel } from 'classic-level';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HOLDER = join(__dirname, 'holder.program.mjs');

let folder: string;
let path: string;
let clock: ManualClock;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tenon-level-'));
  path = join(folder, 'below/records');
  clock = new ManualClock();
});
afterEach(() => jest.restoreAllMocks());
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('LevelStore', () => {
  const cases = storeContract({
    make: () => new LevelStore({ path, clock }),
    advance: (ms) => {
      clock.advance(ms);
    },
  });
  test.each(cases)('$name', ({ run }) => run());
});

test('constructing one opens nothing', async () => {
  new LevelStore({ path });
  await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('records survive the store, in a folder for their user only', async () => {
  const store = new LevelStore({ path });
  await store.set('k', { n: 1 });
  expect((await stat(path)).mode & 0o077).toBe(0);
  await store.close();
  const later = new LevelStore({ path });
  expect(await later.get('k')).toEqual({ n: 1 });
  await later.close();
});

test('a folder that another process holds is told as such, and opened once it is free', async () => {
  const holder = spawn(process.execPath, [HOLDER, path], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  const store = new LevelStore({ path });
  const failed: unknown = await store.open().catch((error: unknown) => error);
  expect(failed).toMatchObject({ code: 'ERR_STORAGE_OPEN' });
  expect(FrameworkError.is(failed) && failed.message).toMatch(/another process.* holds the folder/);
  expect(FrameworkError.is(failed) && failed.fix).toMatch('a folder of its own');
  holder.stdin.end();
  await once(holder, 'exit');
  expect(await store.get('k')).toBe('theirs');
  await store.close();
});

test('what is past its ttl leaves the folder when the store is opened, and every ten minutes', async () => {
  const store = new LevelStore({ path, clock });
  await store.set('early', 1, { ttlMs: 1000 });
  await store.set('later', 1, { ttlMs: 700_000 });
  await store.set('kept', 1);
  clock.advance(600_000);
  await store.close();
  expect(await names()).toEqual(['kept', 'later']);
  clock.advance(600_000);
  await store.open();
  await store.close();
  expect(await names()).toEqual(['kept']);
});

test('what is no record of its own counts as missing, is told, and may be set anew', async () => {
  const other = new ClassicLevel(path);
  await other.put('k', 'of somebody else');
  await other.close();
  const warned = jest.spyOn(process, 'emitWarning').mockReturnValue();
  const store = new LevelStore({ path });
  expect(await store.get('k')).toBeUndefined();
  expect(await store.add('k', 1)).toBe(true);
  expect(await store.get('k')).toBe(1);
  expect(warned.mock.calls).toEqual([[expect.stringContaining('counts as missing'), 'StorageWarning']]);
  await store.close();
});

test('a folder that cannot be made, or whose files are damaged, is told at the start', async () => {
  await writeFile(join(folder, 'file'), '');
  await expect(new LevelStore({ path: join(folder, 'file/below') }).open()).rejects.toMatchObject({
    code: 'ERR_STORAGE_OPEN',
    message: expect.stringContaining('LevelStore') as string,
  });
  const store = new LevelStore({ path });
  await store.set('k', 1);
  await store.close();
  for (const name of await readdir(path))
    if (name.startsWith('MANIFEST')) await writeFile(join(path, name), 'damaged');
  await expect(store.open()).rejects.toMatchObject({ code: 'ERR_STORAGE_OPEN' });
});

test('without its library it is told what to install', async () => {
  jest.doMock('classic-level', () => {
    throw Object.assign(new Error("Cannot find package 'classic-level'"), { code: 'ERR_MODULE_NOT_FOUND' });
  });
  try {
    await expect(new LevelStore({ path }).open()).rejects.toMatchObject({
      code: 'ERR_STORAGE_LIBRARY',
      message: expect.stringMatching(/LevelStore .*npm install classic-level/s) as string,
    });
  } finally {
    jest.dontMock('classic-level');
  }
});

async function names(): Promise<string[]> {
  const database = new ClassicLevel(path);
  const found = await database.keys().all();
  await database.close();
  return found;
}
