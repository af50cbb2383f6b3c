import { MemoryBus, MemoryStore, type SetOptions } from '@tenon/core';
import { busContract, storeContract, type ContractCase } from '@tenon/storage/contract';
import { ManualClock } from '@tenon/testing';
import { hushCarelessListeners } from './careless-listeners.js';

hushCarelessListeners();

/** The names of the cases that are not kept to. */
async function broken(cases: readonly ContractCase[]): Promise<string[]> {
  const names: string[] = [];
  for (const { name, run } of cases)
    await run().catch(() => {
      names.push(name);
    });
  return names;
}

const clock = new ManualClock();
const advance = (ms: number): void => {
  clock.advance(ms);
};

test('a store that gets and then deletes is found out: many take one value', async () => {
  class GetThenDelete extends MemoryStore {
    override async take(key: string): Promise<unknown> {
      const value = await this.get(key);
      await this.delete(key);
      return value;
    }
  }
  expect(await broken(storeContract({ make: () => new GetThenDelete(clock), advance }))).toEqual([
    'of many that take at once, one gets the value',
  ]);
});

test('a store that forgets ttls, or mixes keys up, is found out', async () => {
  class Careless extends MemoryStore {
    override set(key: string, value: unknown, _options?: SetOptions): Promise<void> {
      return super.set(key.trim(), value);
    }
  }
  const names = await broken(storeContract({ make: () => new Careless(clock), advance }));
  expect(names).toContain('a record past its ttl is not there, for any way of asking');
  expect(names).toContain('any string is a key like any other, and no two are one');
});

test('abilities a store does not have are not asked of it, those it claims are', async () => {
  class Unlisted extends MemoryStore {
    override async *entries(): AsyncIterable<readonly [string, unknown]> {
      // It cannot tell.
    }
  }
  const of = { make: () => new Unlisted(clock), advance };
  expect(await broken(storeContract({ ...of, abilities: ['atomic'] }))).toEqual([]);
  expect(await broken(storeContract(of))).not.toEqual([]);
});

test('a bus that loses what is told, or keeps too much, is found out', async () => {
  class Deaf extends MemoryBus {
    override append(stream: string, value: unknown): Promise<string> {
      return super.append(stream, value);
    }
  }
  expect(await broken(busContract({ make: () => new Deaf({ clock }), advance }))).toEqual([
    'a stream is bounded: the oldest entry makes room, and ids go on',
    'who adds may keep less of a stream than the bus would',
    'a stream is gone some time after its last entry, and begins anew',
  ]);
});
