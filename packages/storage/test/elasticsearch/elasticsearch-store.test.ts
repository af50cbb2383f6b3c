import { ElasticsearchStore } from '@tenon/storage/elasticsearch';
import { storeContract } from '@tenon/storage/contract';
import { FrameworkError, Unavailable } from '@tenon/core';
import { ManualClock } from '@tenon/testing';
import { Client } from '@elastic/elasticsearch';
import { FakeElasticsearch } from './fake-elasticsearch.js';

let elastic: FakeElasticsearch;
let clock: ManualClock;
beforeEach(async () => {
  elastic = await FakeElasticsearch.start();
  clock = new ManualClock();
});
afterEach(() => elastic.stop());
afterEach(() => jest.restoreAllMocks());

const make = (): ElasticsearchStore => new ElasticsearchStore({ url: elastic.url, clock });

// There is no Elasticsearch here to test against: the official client speaks with a fake of the requests that are used.
describe('ElasticsearchStore, over a fake of Elasticsearch', () => {
  const cases = storeContract({
    make,
    advance: (ms) => {
      clock.advance(ms);
    },
  });
  test.each(cases)('$name', ({ run }) => run());
});

test('constructing one asks for nothing', async () => {
  make();
  await new Promise((resolve) => setImmediate(resolve));
  expect(elastic.requests).toEqual([]);
});

test('documents hold what is looked for and a text that is not searched; an index that is there is used', async () => {
  const [one, two] = [make(), make()];
  await Promise.all([one.open(), two.open()]);
  await one.set('k/ü', { n: 1 }, { ttlMs: 1000 });
  expect(await two.get('k/ü')).toEqual({ n: 1 });
  const index = elastic.indices.get('tenon-records');
  expect(index?.settings).toMatchObject({
    mappings: { dynamic: false, properties: { key: { type: 'keyword' } } },
  });
  expect([...(index?.documents ?? [])]).toMatchObject([
    ['=k/%00fc', { source: { key: 'k/%00fc', text: '{"n":1}', expires: clock.now() + 1000 } }],
  ]);
  await Promise.all([one.close(), two.close()]);
});

test('what two stores read at once is changed by one of them, and the other reads anew', async () => {
  const [one, two] = [make(), make()];
  await Promise.all([one, two].flatMap((store) => Array.from({ length: 10 }, () => store.increment('n'))));
  expect(await one.get('n')).toBe(20);
  await one.set('k', 'v');
  expect((await Promise.all([one.take('k'), two.take('k')])).filter(Boolean)).toEqual(['v']);
  await Promise.all([one.close(), two.close()]);
});

test('what is past its ttl leaves the index when the store is opened, and every ten minutes', async () => {
  const store = make();
  await store.set('early', 1, { ttlMs: 1000 });
  await store.set('later', 1, { ttlMs: 700_000 });
  await store.set('kept', 1);
  const index = elastic.indices.get('tenon-records');
  index?.refresh();
  clock.advance(600_000);
  await store.close();
  expect([...(index?.documents.keys() ?? [])]).toEqual(['=later', '=kept']);
  index?.refresh();
  clock.advance(600_000);
  await store.open();
  await store.close();
  expect([...(index?.documents.keys() ?? [])]).toEqual(['=kept']);
});

test('an index and an API key may be named, and a client of yours stays open', async () => {
  elastic.authorization = 'ApiKey the-key';
  const store = new ElasticsearchStore({ url: elastic.url, apiKey: 'the-key', index: 'things' });
  await store.set('k', 1);
  await store.close();
  const client = new Client({ node: elastic.url, auth: { apiKey: 'the-key' } });
  const other = new ElasticsearchStore({ client, index: 'things' });
  expect(await other.get('k')).toBe(1);
  await other.close();
  expect(await client.indices.exists({ index: 'things' })).toBe(true);
  await client.close();
});

test('a value or a key over the limit is refused with its key, and changes nothing', async () => {
  const store = make();
  await store.set('k', 1);
  elastic.maxContentLength = 1000;
  for (const attempt of [
    () => store.set('k', 'secret '.repeat(200)),
    () => store.set('日'.repeat(7000), 1),
  ]) {
    const failed = (await attempt().catch((error: unknown) => error)) as Error;
    expect(failed).toBeInstanceOf(RangeError);
    expect(failed.message).toMatch(/"(k|日{80}…)".*ElasticsearchStore/);
    expect(failed.message).not.toMatch('secret');
  }
  expect(await store.get('k')).toBe(1);
  await store.close();
});

test('a server that is not there, or that refuses, is told at the start without the password of its URL', async () => {
  elastic.authorization = 'nobody';
  for (const [url, reason] of [
    ['http://user:hunter2@127.0.0.1:1', /ECONNREFUSED/],
    [elastic.url.replace('//', '//user:hunter2@'), /security_exception|401/],
  ] as const) {
    const client = new Client({ node: url, maxRetries: 0 });
    const failed: unknown = await new ElasticsearchStore({ client }).open().catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 'ERR_STORAGE_OPEN' });
    expect(FrameworkError.is(failed) && failed.message).toMatch(/ElasticsearchStore/);
    expect(FrameworkError.is(failed) && failed.message).toMatch(reason);
    expect(FrameworkError.is(failed) && failed.message).not.toMatch('hunter2');
    await client.close();
  }
});

test('a server that goes, or loses the index, is unavailable: with the key that was asked for, without the value', async () => {
  const client = new Client({ node: elastic.url, maxRetries: 0 });
  const store = new ElasticsearchStore({ client });
  await store.set('k', 'before');
  const fails = async (): Promise<void> => {
    for (const attempt of [() => store.get('k'), () => store.set('k', 'secret'), () => store.take('k')]) {
      const failed: unknown = await attempt().catch((error: unknown) => error);
      expect(Unavailable.is(failed)).toBe(true);
      const { cause } = failed as Error & { cause: Error };
      expect(cause.message).toMatch(/ElasticsearchStore.*\("k"\)/);
      expect(JSON.stringify([cause.message, cause.cause])).not.toMatch('secret');
    }
    const telling = store.entries('k')[Symbol.asyncIterator]();
    await expect(telling.next()).rejects.toMatchObject({ code: 'STORAGE_UNREACHABLE' });
  };
  elastic.indices.clear();
  await fails();
  await elastic.stop();
  await fails();
  await store.close();
  await client.close();
});

test('without its library it is told what to install', async () => {
  jest.doMock('@elastic/elasticsearch', () => {
    throw Object.assign(new Error("Cannot find package '@elastic/elasticsearch'"), {
      code: 'ERR_MODULE_NOT_FOUND',
    });
  });
  try {
    await jest.isolateModulesAsync(async () => {
      await expect(make().open()).rejects.toMatchObject({
        code: 'ERR_STORAGE_LIBRARY',
        message: expect.stringContaining('npm install @elastic/elasticsearch') as string,
      });
    });
  } finally {
    jest.dontMock('@elastic/elasticsearch');
  }
});
