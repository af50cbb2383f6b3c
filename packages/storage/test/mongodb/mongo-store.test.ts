import { MongoStore } from '@tenon/storage/mongodb';
import { storeContract } from '@tenon/storage/contract';
import { FrameworkError, Unavailable } from '@tenon/core';
import { ManualClock } from '@tenon/testing';
import { MongoClient } from 'mongodb';
import { FakeMongoDb } from './fake-mongodb.js';

let mongo: FakeMongoDb;
let clock: ManualClock;
beforeEach(async () => {
  mongo = await FakeMongoDb.start();
  clock = new ManualClock();
});
afterEach(() => mongo.stop());

const make = (): MongoStore => new MongoStore({ url: mongo.url, clock });

// There is no MongoDB here to test against: the official driver speaks with a fake of the commands that are used.
describe('MongoStore, over a fake of MongoDB', () => {
  const cases = storeContract({
    make,
    advance: (ms) => {
      clock.advance(ms);
    },
  });
  test.each(cases)('$name', ({ run }) => run());
});

test('constructing one connects to nothing, and closing it ends the connection', async () => {
  const store = make();
  await new Promise((resolve) => setImmediate(resolve));
  expect(mongo.commands).toEqual([]);
  expect(mongo.connections).toBe(0);
  await store.set('k', 1);
  expect(mongo.connections).toBeGreaterThan(0);
  await store.close();
  while (mongo.connections > 0) await new Promise((resolve) => setImmediate(resolve));
});

test('documents are in the database of the URL, in a collection that MongoDB clears of what is over', async () => {
  const store = make();
  await store.set('k/ü', { n: 1 }, { ttlMs: 1000 });
  const records = mongo.collections.get('app.tenon_records');
  expect(records?.documents).toEqual([
    { _id: 'k/%00fc', text: '{"n":1}', expires: new Date(clock.now() + 1000) },
  ]);
  expect(records?.indexes).toMatchObject([{ key: { expires: 1 }, expireAfterSeconds: 0 }]);
  await store.close();
});

test('what is over is not there while MongoDB has not deleted it', async () => {
  const store = make();
  await store.set('k', 1, { ttlMs: 10 });
  clock.advance(10);
  expect(mongo.collections.get('app.tenon_records')?.documents).toHaveLength(1);
  expect(await store.compareAndSet('k', { expected: 1, value: 2 })).toBe(false);
  expect(await store.take('k')).toBeUndefined();
  await store.close();
});

test('a database and a collection may be named, and a client of yours stays open', async () => {
  const client = new MongoClient(mongo.url);
  const store = new MongoStore({ client, database: 'other', collection: 'things' });
  await store.set('k', 1);
  await store.close();
  expect(await client.db('other').collection('things').find().toArray()).toMatchObject([{ text: '1' }]);
  await client.close();
});

test('a value over the limit is refused with its key and its size, and changes nothing', async () => {
  const store = make();
  await store.set('k', 1);
  const failed = (await store
    .set('k', 'secret '.repeat(2_500_000))
    .catch((error: unknown) => error)) as Error;
  expect(failed).toBeInstanceOf(RangeError);
  expect(failed.message).toMatch(/17500003 bytes.*"k".*MongoStore/);
  expect(failed.message).not.toMatch('secret');
  expect(await store.get('k')).toBe(1);
  await store.close();
});

test('a server that is not there is told at the start, without the password of its URL', async () => {
  const client = new MongoClient('mongodb://user:hunter2@127.0.0.1:1/', { serverSelectionTimeoutMS: 50 });
  const failed: unknown = await new MongoStore({ client }).open().catch((error: unknown) => error);
  expect(failed).toMatchObject({ code: 'ERR_STORAGE_OPEN' });
  expect(FrameworkError.is(failed) && failed.message).toMatch(/MongoStore.*ECONNREFUSED/);
  expect(FrameworkError.is(failed) && failed.message).not.toMatch('hunter2');
  await client.close();
});

test('a server that goes is unavailable, with the key that was asked for', async () => {
  const client = new MongoClient(mongo.url, { serverSelectionTimeoutMS: 50 });
  const store = new MongoStore({ client });
  await store.set('k', 'before');
  await mongo.stop();
  for (const attempt of [() => store.get('k'), () => store.set('k', 'secret'), () => store.take('k')]) {
    const failed: unknown = await attempt().catch((error: unknown) => error);
    expect(Unavailable.is(failed)).toBe(true);
    expect((failed as Error & { cause: Error }).cause.message).toMatch(/MongoStore.*\("k"\)/);
    expect((failed as Error & { cause: Error }).cause.message).not.toMatch('secret');
  }
  await expect(store.entries('k')[Symbol.asyncIterator]().next()).rejects.toMatchObject({
    code: 'STORAGE_UNREACHABLE',
  });
  await store.close();
  await client.close();
});

test('without its library it is told what to install', async () => {
  jest.doMock('mongodb', () => {
    throw Object.assign(new Error("Cannot find package 'mongodb'"), { code: 'ERR_MODULE_NOT_FOUND' });
  });
  try {
    await jest.isolateModulesAsync(async () => {
      await expect(make().open()).rejects.toMatchObject({
        code: 'ERR_STORAGE_LIBRARY',
        message: expect.stringContaining('npm install mongodb') as string,
      });
    });
  } finally {
    jest.dontMock('mongodb');
  }
});
