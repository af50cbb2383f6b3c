import { DynamoDbStore } from '@tenon/storage/dynamodb';
import { storeContract } from '@tenon/storage/contract';
import { FrameworkError, Unavailable } from '@tenon/core';
import { ManualClock } from '@tenon/testing';
import { DynamoDBClient, GetItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

const dynalite = createRequire(__filename)('dynalite') as (options: { createTableMs: number }) => Server;

const ACCESS = { region: 'local', credentials: { accessKeyId: 'k', secretAccessKey: 's' } };

let server: Server;
let endpoint: string;
let clock: ManualClock;
let tables = 0;
let warned: jest.SpyInstance;
beforeAll(async () => {
  server = dynalite({ createTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  clock = new ManualClock();
  // dynalite does not know how to turn on the ttl of a table.
  warned = jest.spyOn(process, 'emitWarning').mockReturnValue();
});
afterEach(() => jest.restoreAllMocks());

const newTable = (): string => `records-${++tables}`;
const make = (table = newTable()): DynamoDbStore => new DynamoDbStore({ table, endpoint, clock, ...ACCESS });

describe('DynamoDbStore', () => {
  const cases = storeContract({
    make,
    advance: (ms) => {
      clock.advance(ms);
    },
  });
  test.each(cases)('$name', ({ run }) => run());
});

test('constructing one connects to nothing', async () => {
  const connected = jest.fn();
  server.on('connection', connected);
  make();
  await new Promise((resolve) => setImmediate(resolve));
  expect(connected).not.toHaveBeenCalled();
  server.off('connection', connected);
});

test('two stores on one table see each other, and none of their increments is lost', async () => {
  const table = newTable();
  const [one, two] = [make(table), make(table)];
  await Promise.all([one.open(), two.open()]);
  await one.set('k', { n: 1 });
  expect(await two.get('k')).toEqual({ n: 1 });
  await Promise.all([one, two].flatMap((store) => Array.from({ length: 15 }, () => store.increment('n'))));
  expect(await one.get('n')).toBe(30);
  await Promise.all([one.close(), two.close()]);
});

test('what is over is not there while DynamoDB has not deleted it, and it is told to in seconds', async () => {
  const table = newTable();
  const store = make(table);
  const client = new DynamoDBClient({ endpoint, ...ACCESS });
  await store.set('k', 1, { ttlMs: 1500 });
  clock.advance(1501);
  const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: { id: { S: '=k' } } }));
  expect(Number(Item?.gone?.N)).toBe(Math.ceil(Number(Item?.expires?.N) / 1000));
  expect(await store.get('k')).toBeUndefined();
  expect(await store.take('k')).toBeUndefined();
  await store.set('k', 1, { ttlMs: -1 });
  expect(await store.compareAndSet('k', { expected: 1, value: 2 })).toBe(false);
  expect(await store.increment('k')).toBe(1);
  await store.close();
  client.destroy();
});

test('keys longer than DynamoDB takes are kept under a hash, and told as they are', async () => {
  const store = make();
  const key = `${'日'.repeat(2000)}/`;
  await store.set(key, 1);
  for await (const [told] of store.entries('日')) expect(told).toBe(key);
  expect(await store.take(key)).toBe(1);
  await store.close();
});

test('a value over the limit is refused with its key and its size, and changes nothing', async () => {
  const store = make();
  await store.set('k', 1);
  const large = 'secret '.repeat(60_000);
  for (const attempt of [
    () => store.set('k', large),
    () => store.add('j', large),
    () => store.compareAndSet('k', { expected: 1, value: large }),
  ]) {
    const failed = (await attempt().catch((error: unknown) => error)) as Error;
    expect(failed).toBeInstanceOf(RangeError);
    expect(failed.message).toMatch(/420068 bytes.*"[kj]".*DynamoDbStore.*409600/);
    expect(failed.message).not.toMatch('secret');
  }
  expect(await store.getMany(['k', 'j'])).toEqual([1, undefined]);
  await store.set('k', 'x'.repeat(409_000));
  await store.close();
});

test('a client of yours is used, and stays open', async () => {
  const client = new DynamoDBClient({ endpoint, ...ACCESS });
  const table = newTable();
  const store = new DynamoDbStore({ table, client });
  await store.set('k', 1);
  await store.close();
  expect((await client.send(new ScanCommand({ TableName: table }))).Count).toBe(1);
  client.destroy();
});

test('a table whose ttl cannot be turned on is told, once', async () => {
  const store = make('of-yours');
  await store.open();
  await store.close();
  expect(warned.mock.calls).toEqual([
    [expect.stringMatching(/of-yours.*TTL for the attribute "gone"/), 'StorageWarning'],
  ]);
});

test('a server that is not there is told at the start, with what to name', async () => {
  const store = new DynamoDbStore({ table: 'abc', endpoint: 'http://127.0.0.1:1', ...ACCESS });
  const failed: unknown = await store.open().catch((error: unknown) => error);
  expect(failed).toMatchObject({ code: 'ERR_STORAGE_OPEN' });
  expect(FrameworkError.is(failed) && failed.message).toMatch(/DynamoDbStore.*"abc".*ECONNREFUSED/);
  expect(FrameworkError.is(failed) && failed.fix).toMatch('endpoint');
});

test('a server that goes is unavailable, with the key that was asked for', async () => {
  const other = dynalite({ createTableMs: 0 });
  other.listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const store = new DynamoDbStore({ table: 'abc', endpoint: `http://127.0.0.1:${port}`, ...ACCESS });
  await store.set('k', 'before');
  other.closeAllConnections();
  await new Promise((resolve) => other.close(resolve));
  for (const attempt of [() => store.get('k'), () => store.set('k', 'secret'), () => store.take('k')]) {
    const failed: unknown = await attempt().catch((error: unknown) => error);
    expect(Unavailable.is(failed)).toBe(true);
    expect(failed).toMatchObject({ code: 'STORAGE_UNREACHABLE' });
    expect((failed as Error & { cause: Error }).cause.message).toMatch(/DynamoDbStore.*abc.*\("k"\)/);
    expect((failed as Error & { cause: Error }).cause.message).not.toMatch('secret');
  }
  await store.close();
});

test('without its library it is told what to install', async () => {
  jest.doMock('@aws-sdk/client-dynamodb', () => {
    throw Object.assign(new Error("Cannot find package '@aws-sdk/client-dynamodb'"), {
      code: 'ERR_MODULE_NOT_FOUND',
    });
  });
  try {
    await jest.isolateModulesAsync(async () => {
      await expect(make().open()).rejects.toMatchObject({
        code: 'ERR_STORAGE_LIBRARY',
        message: expect.stringContaining('npm install @aws-sdk/client-dynamodb') as string,
      });
    });
  } finally {
    jest.dontMock('@aws-sdk/client-dynamodb');
  }
});
