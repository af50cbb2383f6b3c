import { DiskStore } from '@tenon/storage';
import { storeContract } from '@tenon/storage/contract';
import { FrameworkError, Unavailable } from '@tenon/core';
import { ManualClock } from '@tenon/testing';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const WRITER = join(__dirname, 'disk/writer.program.mjs');

let path: string;
let clock: ManualClock;
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'tenon-disk-'));
  clock = new ManualClock();
});
afterEach(() => jest.restoreAllMocks());
afterEach(() => rm(path, { recursive: true, force: true }));

describe('DiskStore', () => {
  const cases = storeContract({
    make: () => new DiskStore({ path, clock }),
    advance: (ms) => {
      clock.advance(ms);
    },
  });
  test.each(cases)('$name', ({ run }) => run());
});

test('constructing one opens nothing', async () => {
  new DiskStore({ path: join(path, 'new') });
  await expect(stat(join(path, 'new'))).rejects.toMatchObject({ code: 'ENOENT' });
});

test('records survive the store, and each instance on a folder sees what the others do', async () => {
  const [one, two] = [new DiskStore({ path }), new DiskStore({ path })];
  await one.set('k', { n: 1 });
  expect(await two.get('k')).toEqual({ n: 1 });
  await Promise.all([one, two].flatMap((store) => Array.from({ length: 20 }, () => store.increment('n'))));
  await Promise.all([one.close(), two.close()]);
  const later = new DiskStore({ path });
  expect(await later.get('n')).toBe(40);
  await later.close();
});

test('files are for their user only, and say nothing of the keys in their names', async () => {
  const store = new DiskStore({ path });
  await store.set('../../secret key', 1);
  const names = await allFiles(path);
  expect(names.join()).not.toMatch(/secret|\.\./);
  for (const name of names) expect((await stat(join(path, name))).mode & 0o077).toBe(0);
  for (const folder of ['records', 'locks', 'writing'])
    expect((await stat(join(path, folder))).mode & 0o077).toBe(0);
  await store.close();
});

test('a damaged record counts as missing, is told, and may be set anew', async () => {
  const store = new DiskStore({ path });
  await store.set('k', 'value');
  await store.set('other', 1);
  const file = join(path, await fileOf('k'));
  const whole = await readFile(file, 'utf8');
  const warned = jest.spyOn(process, 'emitWarning').mockReturnValue();
  for (const damaged of ['', 'x', '\n\n', whole.slice(0, -1), whole.replace('value', 'vague'), `${whole} `]) {
    await writeFile(file, damaged);
    expect(await store.get('k')).toBeUndefined();
    expect(await store.take('k')).toBeUndefined();
    expect(await store.add('k', 'value')).toBe(true);
  }
  expect(await store.getMany(['k', 'other'])).toEqual(['value', 1]);
  expect(warned.mock.calls).toEqual([
    [`The record in ${file} is damaged and counts as missing`, 'StorageWarning'],
  ]);
  await store.close();
});

test('a record put under the name of another is not taken for it', async () => {
  const store = new DiskStore({ path });
  await store.set('k', 'of k');
  await store.set('j', 'of j');
  await writeFile(join(path, await fileOf('j')), await readFile(join(path, await fileOf('k'))));
  expect(await store.get('j')).toBeUndefined();
  await store.close();
});

test('a record that cannot be read is unavailable, not missing, and keeps no other from leaving', async () => {
  const store = new DiskStore({ path, clock });
  await store.set('k', 1);
  await store.set('over', 1, { ttlMs: 1000 });
  const file = join(path, await fileOf('k'));
  await rm(file);
  // As one that belongs to somebody else, or that the disk cannot read any more.
  await mkdir(file);
  const all = async (): Promise<void> => {
    for await (const entry of store.entries('')) expect(entry[0]).not.toBe('k');
  };
  for (const step of [() => store.get('k'), () => store.set('k', 2), () => store.take('k'), all]) {
    const error: unknown = await step().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'STORAGE_UNREACHABLE' });
    expect(String((error as Error).cause)).toMatch(`DiskStore({ path: "${path}" }) cannot be used: EISDIR`);
  }
  clock.advance(2000);
  await store.close();
  await store.open();
  await store.close();
  expect(await records()).toHaveLength(0);
});

test('what is past its ttl leaves the disk when the store is opened, and every ten minutes', async () => {
  const store = new DiskStore({ path, clock });
  await store.set('early', 1, { ttlMs: 1000 });
  await store.set('later', 1, { ttlMs: 700_000 });
  await store.set('kept', 1);
  clock.advance(600_000);
  await store.close();
  expect(await records()).toHaveLength(2);
  clock.advance(600_000);
  await store.open();
  await store.close();
  expect(await records()).toHaveLength(1);
});

test('a folder that cannot be made is told at the start', async () => {
  await writeFile(join(path, 'file'), '');
  const opening = new DiskStore({ path: join(path, 'file/below') }).open();
  await expect(opening).rejects.toMatchObject({ code: 'ERR_STORAGE_OPEN' });
  await opening.catch((error: unknown) => {
    expect(FrameworkError.is(error) && error.fix).toMatch('folder');
  });
});

test('a full disk is a clear error, and leaves the record before it', async () => {
  // A limit to the size of files stands for a disk without room: writing fails half way, as it would.
  const { stdout } = await promisify(execFile)('bash', [
    '-c',
    `ulimit -f 8; exec "$0" "$1" "$2" full`,
    process.execPath,
    WRITER,
    path,
  ]);
  const { failed, cause, kept } = JSON.parse(stdout) as Record<string, unknown>;
  expect(failed).toMatch(/^STORAGE_FULL/);
  expect(cause).toMatch(`DiskStore({ path: "${path}" }) has no room for another record`);
  expect(kept).toBe('small');
  expect(await readdir(join(path, 'writing'))).toEqual([]);
  expect(Unavailable.is(new Unavailable('STORAGE_FULL', { retryAfterMs: 1 }))).toBe(true);
});

test('of several processes that take one record, one gets it; none of their increments is lost', async () => {
  const store = new DiskStore({ path });
  for (let i = 0; i < 25; i++) await store.set(`code ${i}`, i);
  const runs = await Promise.all(
    [1, 2, 3].map(() => promisify(execFile)(process.execPath, [WRITER, path, 'take'])),
  );
  const taken = runs.flatMap(({ stdout }) => JSON.parse(stdout) as number[]);
  expect(taken.sort((a, b) => a - b)).toEqual(Array.from({ length: 25 }, (_, i) => i));
  expect(await store.get('takers')).toBe(75);
  await store.close();
});

test('a process that is killed while it writes leaves nothing torn and nothing locked', async () => {
  const warned = jest.spyOn(process, 'emitWarning').mockReturnValue();
  const store = new DiskStore({ path });
  for (let round = 0; round < 12; round++) {
    const writer = spawn(process.execPath, [WRITER, path, 'write'], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(writer.stdout, 'data');
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
    writer.kill('SIGKILL');
    await once(writer, 'exit');
    for (let i = 0; i < 5; i++) {
      const value = (await store.get(`k${i}`)) as { fill: string; sum: number } | undefined;
      if (value) expect(value.fill).toHaveLength(value.sum);
      await store.set(`k${i}`, { fill: 'after', sum: 5 });
    }
    await store.increment('n');
  }
  expect(await store.get('n')).toBeGreaterThanOrEqual(12);
  expect(warned).not.toHaveBeenCalled();
  await store.close();
}, 60_000);

async function allFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

async function records(): Promise<string[]> {
  return (await allFiles(path)).filter((name) => name.startsWith('records'));
}

async function fileOf(key: string): Promise<string> {
  for (const name of await records())
    if ((await readFile(join(path, name), 'utf8')).includes(`{"key":${JSON.stringify(key)}`)) return name;
  throw new Error(`no file holds ${key}`);
}
