import { SqliteStore, type SqlDatabase } from '@tenon/storage/sqlite';
import { storeContract } from '@tenon/storage/contract';
import { FrameworkError } from '@tenon/core';
import { ManualClock } from '@tenon/testing';
import Database from 'libsql';
import { execFile } from 'node:child_process';
import module from 'node:module';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const TAKER = join(__dirname, 'taker.program.mjs');

let folder: string;
let path: string;
let clock: ManualClock;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tenon-sqlite-'));
  path = join(folder, 'below/records.db');
  clock = new ManualClock();
});
afterEach(() => jest.restoreAllMocks());
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('SqliteStore', () => {
  const cases = storeContract({
    make: () => new SqliteStore({ path, clock }),
    advance: (ms) => {
      clock.advance(ms);
    },
  });
  test.each(cases)('$name', ({ run }) => run());
});

test('constructing one opens nothing', async () => {
  new SqliteStore({ path });
  await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('records survive the store, and files are for their user only', async () => {
  const store = new SqliteStore({ path });
  await store.set('k', { n: 1 });
  for (const name of ['', '-wal', '-shm']) expect((await stat(path + name)).mode & 0o077).toBe(0);
  await store.close();
  const later = new SqliteStore({ path });
  expect(await later.get('k')).toEqual({ n: 1 });
  await later.close();
});

test('a store in memory is gone when it is closed', async () => {
  const store = new SqliteStore({ path: ':memory:' });
  await store.open();
  await store.set('k', 1);
  expect(await store.get('k')).toBe(1);
  await store.close();
  expect(await store.get('k')).toBeUndefined();
  await store.close();
});

test('a database of yours is used, and stays open', async () => {
  const database = new Database(':memory:') as unknown as SqlDatabase;
  const store = new SqliteStore({ database });
  await store.set('k', 'value');
  await store.close();
  expect(database.prepare('SELECT text FROM tenon_records').get()).toMatchObject({ text: '"value"' });
  database.close();
});

test('of several processes that take one record, one gets it; none of their increments is lost', async () => {
  const store = new SqliteStore({ path });
  for (let i = 0; i < 25; i++) await store.set(`code ${i}`, i);
  const runs = await Promise.all([1, 2, 3].map(() => promisify(execFile)(process.execPath, [TAKER, path])));
  const taken = runs.flatMap(({ stdout }) => JSON.parse(stdout) as number[]);
  expect(taken.sort((a, b) => a - b)).toEqual(Array.from({ length: 25 }, (_, i) => i));
  expect(await store.get('takers')).toBe(75);
  await store.close();
});

test('what is past its ttl leaves the table when the store is opened, and every ten minutes', async () => {
  const database = new Database(':memory:') as unknown as SqlDatabase;
  const store = new SqliteStore({ database, clock });
  await store.set('early', 1, { ttlMs: 1000 });
  await store.set('later', 1, { ttlMs: 700_000 });
  await store.set('kept', 1);
  const rows = (): unknown => database.prepare('SELECT count(*) AS n FROM tenon_records').get();
  clock.advance(600_000);
  await store.close();
  expect(rows()).toMatchObject({ n: 2 });
  clock.advance(600_000);
  await store.open();
  await store.close();
  expect(rows()).toMatchObject({ n: 1 });
  database.close();
});

test('a row that no store has written counts as missing, and is told without its text', async () => {
  const warned = jest.spyOn(process, 'emitWarning').mockReturnValue();
  const database = new Database(':memory:') as unknown as SqlDatabase;
  const store = new SqliteStore({ database });
  await store.set('sound', 1);
  database.exec("INSERT INTO tenon_records (key, text) VALUES ('torn', 'a secret, and no JSON')");
  expect(await store.getMany(['torn', 'sound'])).toEqual([undefined, 1]);
  const told: unknown[] = [];
  for await (const entry of store.entries('')) told.push(entry);
  expect(told).toEqual([['sound', 1]]);
  await expect(store.increment('torn')).rejects.toThrow('The value under "torn" is no number');
  await store.set('torn', 2);
  expect(await store.get('torn')).toBe(2);
  expect(String(warned.mock.calls)).toMatch(/is damaged/);
  expect(String(warned.mock.calls)).not.toMatch('secret');
  await store.close();
  database.close();
  jest.restoreAllMocks();
});

test('a database without room is a clear error that names the key, and leaves the record before it', async () => {
  const database = new Database(':memory:') as unknown as SqlDatabase;
  const store = new SqliteStore({ database });
  await store.set('k', 'small');
  database.exec('PRAGMA max_page_count = 12');
  const failed: unknown = await store.set('k', 'secret '.repeat(20_000)).catch((error: unknown) => error);
  expect(failed).toMatchObject({ code: 'STORAGE_FULL' });
  expect((failed as Error & { cause: Error }).cause.message).toMatch(/^SqliteStore\(.*no room.*"k"/);
  expect((failed as Error & { cause: Error }).cause.message).not.toMatch('secret');
  await expect(store.increment('n')).resolves.toBe(1);
  expect(await store.get('k')).toBe('small');
  await store.close();
  database.close();
});

test('a database that was closed, or lost its table, is told with the key', async () => {
  const database = new Database(':memory:') as unknown as SqlDatabase;
  const store = new SqliteStore({ database });
  await store.open();
  database.exec('DROP TABLE tenon_records');
  await expect(store.get('k')).rejects.toMatchObject({
    code: 'STORAGE_UNREACHABLE',
    cause: { message: expect.stringContaining('("k")') as string },
  });
  await store.close();
  database.close();
});

test('a file that is no database, or cannot be made, is told at the start', async () => {
  const file = join(folder, 'file');
  await writeFile(file, 'not a database, but long enough to be looked at. '.repeat(100));
  for (const wrong of [file, join(file, 'below.db')]) {
    const failed: unknown = await new SqliteStore({ path: wrong }).open().catch((error: unknown) => error);
    expect(failed).toMatchObject({
      code: 'ERR_STORAGE_OPEN',
      message: expect.stringContaining(wrong) as string,
    });
    expect(FrameworkError.is(failed) && failed.fix).toMatch('SQLite database');
  }
});

test('without a library it is told what to install', async () => {
  const notThere = (name: string) => (): never => {
    throw Object.assign(new Error(`Cannot find package '${name}'`), { code: 'ERR_MODULE_NOT_FOUND' });
  };
  const libraries = ['better-sqlite3', 'libsql'];
  for (const name of libraries) jest.doMock(name, notThere(name), { virtual: true });
  jest.spyOn(module, 'isBuiltin').mockReturnValue(false);
  try {
    await expect(new SqliteStore({ path }).open()).rejects.toMatchObject({
      code: 'ERR_STORAGE_LIBRARY',
      message: expect.stringMatching(/SqliteStore .*npm install libsql/s) as string,
    });
    await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' });
  } finally {
    for (const name of libraries) jest.dontMock(name);
  }
});
