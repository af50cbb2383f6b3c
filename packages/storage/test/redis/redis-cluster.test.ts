import { busContract, storeContract } from '@tenon/storage/contract';
import { RedisBus, RedisStore } from '@tenon/storage/redis';
import { Cluster } from 'ioredis';
import { hushCarelessListeners } from '../careless-listeners.js';
import { describeWith, REDIS } from '../servers/debian-server.js';
import { REDIS_CLI, startCluster, type RedisCluster } from '../servers/redis-cluster.js';

describeWith(REDIS_CLI, 'with a Redis Cluster of three masters', () => {
  describeWith(REDIS, 'on this machine', () => {
    let cluster: RedisCluster;
    let client: Cluster;
    let made = 0;
    beforeAll(async () => {
      cluster = await startCluster();
      client = new Cluster(
        cluster.ports.map((port) => ({ host: '127.0.0.1', port })),
        { redisOptions: { autoResendUnfulfilledCommands: false } },
      );
    }, 60_000);
    afterAll(async () => {
      await client.quit();
      await cluster.stop();
    });

    describe('RedisStore', () => {
      const make = () => new RedisStore({ client, prefix: `case ${made++}:` });
      test.each(storeContract({ make }))('$name', ({ run }) => run());
    });

    describe('RedisBus', () => {
      hushCarelessListeners();
      const make = (bounds: object) => new RedisBus({ client, prefix: `case ${made++}:`, ...bounds });
      test.each(busContract({ make }))('$name', ({ run }) => run());
    });

    test('keys are on all of them, and are told and read as if they were on one', async () => {
      const store = new RedisStore({ client, prefix: 'spread:' });
      const keys = Array.from({ length: 300 }, (_, i) => `k${i}`);
      await Promise.all(keys.map((key) => store.set(key, key)));
      expect(await Promise.all(client.nodes('master').map((node) => node.dbsize()))).not.toContain(0);
      expect(await store.getMany(keys)).toEqual(keys);
      const told: unknown[] = [];
      for await (const [key] of store.entries('k')) told.push(key);
      expect(told.sort()).toEqual([...keys].sort());
    });

    test('a store that is given one of its nodes alone is told at the start what to give', async () => {
      const store = new RedisStore({ host: '127.0.0.1', port: cluster.ports[0] as number });
      const error: unknown = await store.open().catch((thrown: unknown) => thrown);
      await store.close();
      expect(error).toMatchObject({ code: 'ERR_STORAGE_OPEN', fix: expect.stringMatching('new Cluster') });
    });
  });
});
