import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const PACKAGE = join(__dirname, '../package.json');
/** Prints what is imported, from a thread of its own. */
const HOOKS = `
  import { writeSync } from 'node:fs';
  export async function resolve(name, context, next) {
    writeSync(1, name + '\\n');
    return next(name, context);
  }
`;
const STORES = `
  const { DiskStore } = await import('@tenon/storage');
  const { RedisStore } = await import('@tenon/storage/redis');
  const { SqliteStore } = await import('@tenon/storage/sqlite');
  const { LevelStore } = await import('@tenon/storage/level');
  const { DynamoDbStore } = await import('@tenon/storage/dynamodb');
  const { MongoStore } = await import('@tenon/storage/mongodb');
  const { ElasticsearchStore } = await import('@tenon/storage/elasticsearch');
  const { KeyvStore } = await import('@tenon/storage/keyv');
  new DiskStore({ path: '/dev/null/no' });
  new RedisStore({ host: 'nobody.invalid' });
  new SqliteStore({ path: '/dev/null/no' });
  new LevelStore({ path: '/dev/null/no' });
  new DynamoDbStore({ table: 't', endpoint: 'http://nobody.invalid' });
  new MongoStore({ url: 'mongodb://nobody.invalid' });
  new ElasticsearchStore({ url: 'http://nobody.invalid' });
  new KeyvStore({ keyv: () => { throw new Error('opened'); } });
`;

test('importing every entry and constructing every store loads no driver, opens nothing and ends by itself', async () => {
  const { exports, peerDependencies } = JSON.parse(await readFile(PACKAGE, 'utf8')) as {
    exports: Record<string, unknown>;
    peerDependencies: Record<string, string>;
  };
  const entries = Object.keys(exports).filter((entry) => entry !== './package.json');
  const program = `
    import { register } from 'node:module';
    register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(HOOKS)}));
    for (const entry of ${JSON.stringify(entries)}) await import('@tenon/storage' + entry.slice(1));
    ${STORES}
  `;
  const node = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: __dirname,
    timeout: 20_000,
  });
  const { stdout, stderr } = await node;
  const imported = new Set(stdout.split('\n'));
  expect(stderr).toBe('');
  expect(imported).toContain('@tenon/storage/sqlite');
  expect(imported).toContain('@tenon/core');
  const drivers = Object.keys(peerDependencies).filter((name) => !name.startsWith('@tenon/'));
  expect(drivers).toContain('mongodb');
  expect(drivers.filter((name) => imported.has(name))).toEqual([]);
});
