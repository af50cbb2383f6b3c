import { eachWay, overHttp, textOf, type CheckingClient } from '@tenon-examples/checking';
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EncryptedStore } from 'tenon/storage';
import { RecordingLogger } from 'tenon/testing';
import { CloudConfig } from './cloud-config.js';
import { app, createServer } from './server.js';

const main = new URL('./main.js', import.meta.url);
const API_KEY = 'a key nobody should read';
await eachWay(main, withKey, { env: { API_KEY, DATABASE_URL: 'postgres://db.example/production' } });
await eachWay(main, withoutKey, { env: { API_KEY: undefined, DATABASE_URL: undefined } });
await instancesShareWhatIsKept();
await aPlatformTakesTheServer();

async function withKey(client: CheckingClient): Promise<void> {
  const { structuredContent } = await client.callTool('productionTool', { data: 'x' });
  const { processedAt, ...result } = structuredContent ?? {};
  assert.deepEqual(result, { status: 'success', data: 'x' });
  assert.equal(await processed(client), processedAt, 'the answer was kept');
  assert.deepEqual(await status(client), { api: true, database: true });
}

async function withoutKey(client: CheckingClient): Promise<void> {
  const refused = await client.callTool('productionTool', { data: 'x' });
  assert.equal(refused.isError, true);
  assert.equal(textOf(refused), 'API_KEY not configured');
  assert.deepEqual(await status(client), { api: false, database: false });
}

/** Two instances after each other, as a platform replaces them, on one disk. */
async function instancesShareWhatIsKept(): Promise<void> {
  const STORAGE_PATH = await mkdtemp(join(tmpdir(), 'tenon-example-'));
  const env = { API_KEY, STORAGE_PATH, STORAGE_ENCRYPTION_KEY: EncryptedStore.generateKey() };
  const answers: unknown[] = [];
  const ask = async (): Promise<void> => {
    const log = await overHttp(
      main,
      async ({ connect }) => {
        answers.push(await processed(await connect('2026-07-28')));
      },
      { env },
    );
    assert.match(log.join('\n'), /Request tools\/call completed in/);
    assert.ok(!log.join('\n').includes(API_KEY), 'a secret is in no log');
  };
  try {
    await ask();
    await ask();
    assert.equal(typeof answers[0], 'string');
    assert.equal(answers[1], answers[0], 'the second instance has the answer of the first');
    const unsealed = { STORAGE_PATH, STORAGE_ENCRYPTION_KEY: undefined };
    const started = overHttp(main, () => assert.fail('It serves'), { env: unsealed });
    await assert.rejects(started, /did not start:.*Set STORAGE_ENCRYPTION_KEY/s);
  } finally {
    await rm(STORAGE_PATH, { recursive: true });
  }
}

/** What a platform does that imports the file; and a test, with settings of its own. */
async function aPlatformTakesTheServer(): Promise<void> {
  assert.equal(app.info.name, 'production-server');
  const config = Object.assign(new CloudConfig(), { apiKey: 'k' });
  const override = [{ provide: CloudConfig, useValue: config }];
  const own = createServer({ override, logger: new RecordingLogger() });
  assert.match(textOf(await own.callTool('productionTool', { data: 'x' })), /"status":"success"/);
  await own.close();
  // The server at the level of the module was never started: nothing of it keeps this process.
}

async function processed(client: CheckingClient): Promise<unknown> {
  const { structuredContent } = await client.callTool('productionTool', { data: 'x' });
  return structuredContent?.processedAt;
}

async function status(client: CheckingClient): Promise<unknown> {
  const [content] = await client.readResource('info://status');
  return JSON.parse(content && 'text' in content ? content.text : '');
}
