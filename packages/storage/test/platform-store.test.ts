import { EncryptedStore, platformStore } from '@tenon/storage';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'tenon-home-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

test('on macOS it is in Application Support, on Windows in the local data; elsewhere there is none', () => {
  const of = { name: 'weather', home, env: {} };
  expect(platformStore({ ...of, platform: 'darwin' })?.place).toBe(
    join(home, 'Library', 'Application Support', 'tenon', 'server-weather'),
  );
  expect(platformStore({ ...of, platform: 'win32' })?.place).toMatch(/AppData.Local.tenon.server-weather$/);
  const env = { LOCALAPPDATA: join(home, 'data') };
  expect(platformStore({ ...of, env, platform: 'win32' })?.place).toBe(
    join(home, 'data', 'tenon', 'server-weather'),
  );
  expect(platformStore({ ...of, platform: 'linux' })).toBeUndefined();
});

test.each(['../../x', 'a/b', '', '.', 'CON', 'ü', 'A'])('the name %j is one folder of its own', (name) => {
  const places = [name, 'a', 'other'].map(
    (each) => platformStore({ name: each, home, env: {}, platform: 'darwin' })?.place ?? '',
  );
  expect(new Set(places).size).toBe(3);
  expect(places[0]).toMatch(/tenon.server-[a-z0-9_%-]*$/);
});

test('making one opens nothing; its key is made at the first use, for its user only, and used again', async () => {
  const of = { name: 'weather', home, env: {}, platform: 'darwin' } as const;
  const { store, place } = platformStore(of)!;
  expect(await readdir(home)).toEqual([]);
  await store.set('token', 'a plain secret');
  await store.close();
  expect((await stat(join(place, 'key'))).mode & 0o777).toBe(0o600);
  const again = platformStore(of)!.store;
  expect(await again.get('token')).toBe('a plain secret');
  await again.close();
  for (const entry of await readdir(join(place, 'storage'), { recursive: true, withFileTypes: true }))
    if (entry.isFile())
      expect(await readFile(join(entry.parentPath, entry.name), 'utf8')).not.toMatch('plain');
});

test('STORAGE_ENCRYPTION_KEY stands before the key in the file', async () => {
  const env = { STORAGE_ENCRYPTION_KEY: EncryptedStore.generateKey() };
  const { store, place } = platformStore({ name: 'weather', home, env, platform: 'darwin' })!;
  await store.set('k', 1);
  await store.close();
  expect(await readdir(place)).toEqual(['storage']);
  for (const short of ['', 'x'])
    expect(() =>
      platformStore({ name: 'w', home, env: { STORAGE_ENCRYPTION_KEY: short }, platform: 'darwin' }),
    ).toThrow(expect.objectContaining({ code: 'ERR_STORAGE_KEY' }));
});
