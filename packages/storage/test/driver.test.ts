import { loadDriver } from '../src/driver.js';

const of = { store: 'RedisStore', library: 'no-such-library' };

test('a library that is not installed is told with the command that installs it', async () => {
  const missing: string = 'no-such-library';
  await expect(loadDriver(of, () => import(missing))).rejects.toMatchObject({
    code: 'ERR_STORAGE_LIBRARY',
    fix: 'Run: npm install no-such-library',
  });
});

test('a library that fails by itself says why', async () => {
  const failing = () => Promise.reject(new Error('wrong version'));
  await expect(loadDriver(of, failing)).rejects.toThrow('wrong version');
  const lacking = () =>
    Promise.reject(Object.assign(new Error("Cannot find 'other'"), { code: 'ERR_MODULE_NOT_FOUND' }));
  await expect(loadDriver(of, lacking)).rejects.toThrow("Cannot find 'other'");
});
