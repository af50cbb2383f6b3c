import {
  AtomicStore,
  storedText,
  type CompareOptions,
  type ListableStore,
  type SetOptions,
} from '@tenon/core';
import { keptValue } from '../kept-value.js';
import { keyText, plainKey } from '../key-text.js';
import { COMPARE_AND_SET, INCREMENT, NO_NUMBER } from './redis-scripts.js';
import { RedisConnection, type RedisOptions } from './redis-connection.js';

/** So many keys are asked for in one command. */
const AT_ONCE = 500;

/**
 * Keeps records in Redis, from version 6.2, for all processes of a fleet: `new RedisStore({ host, port, password })`.
 *
 * Needs the package ioredis. Redis itself forgets what is past its ttl.
 */
export class RedisStore extends AtomicStore implements ListableStore {
  readonly #redis: RedisConnection;

  constructor(options: RedisOptions = {}) {
    super();
    this.#redis = new RedisConnection(new.target.name, options);
  }

  override open(): Promise<void> {
    return this.#redis.open();
  }

  override close(): Promise<void> {
    return this.#redis.close();
  }

  async get(key: string): Promise<unknown> {
    return this.#value(this.#name(key), await this.#redis.call('GET', this.#name(key)));
  }

  async getMany(keys: readonly string[]): Promise<readonly unknown[]> {
    return this.#valuesOf(keys.map((key) => this.#name(key)));
  }

  async set(key: string, value: unknown, options: SetOptions = {}): Promise<void> {
    const [text, ttl] = [storedText(key, value), ttlOf(options)];
    if (ttl === 0) await this.#redis.call('DEL', this.#name(key));
    else await this.#redis.call('SET', this.#name(key), text, ...expiryOf(ttl));
  }

  async delete(key: string): Promise<boolean> {
    return (await this.#redis.call('DEL', this.#name(key))) === 1;
  }

  async add(key: string, value: unknown, options: SetOptions = {}): Promise<boolean> {
    const [text, ttl] = [storedText(key, value), ttlOf(options)];
    if (ttl === 0) return (await this.#redis.call('EXISTS', this.#name(key))) === 0;
    return (await this.#redis.call('SET', this.#name(key), text, 'NX', ...expiryOf(ttl))) === 'OK';
  }

  async take(key: string): Promise<unknown> {
    return this.#value(this.#name(key), await this.#redis.call('GETDEL', this.#name(key)));
  }

  async increment(key: string, by = 1, options: SetOptions = {}): Promise<number> {
    const ttl = ttlOf(options) ?? '';
    try {
      return Number(await this.#redis.call('EVAL', INCREMENT, 1, this.#name(key), by, ttl));
    } catch (error) {
      if (!String(error).includes(NO_NUMBER)) throw error;
      throw new TypeError(`The value under ${JSON.stringify(key)}, or what is added, is no whole number`);
    }
  }

  async compareAndSet(
    key: string,
    change: { expected: unknown; value: unknown },
    options: CompareOptions = {},
  ): Promise<boolean> {
    const expected = change.expected === undefined ? '' : storedText(key, change.expected);
    const text = storedText(key, change.value);
    const keeps = options.keepTtl ? 'keep' : '';
    const args = [expected, text, ttlOf(options) ?? '', keeps];
    return (await this.#redis.call('EVAL', COMPARE_AND_SET, 1, this.#name(key), ...args)) === 1;
  }

  async *entries(prefix: string): AsyncIterable<readonly [string, unknown]> {
    const pattern = `${this.#name(prefix).replace(/[*?[\]\\^]/g, '\\$&')}*`;
    // Redis may tell a key twice.
    const told = new Set<string>();
    for (const node of await this.#redis.nodes()) {
      let cursor = '0';
      do {
        const page = await this.#redis.on(node, 'SCAN', cursor, 'MATCH', pattern, 'COUNT', AT_ONCE);
        const [next, found] = page as [string, string[]];
        cursor = next;
        const names = found.filter((name) => !told.has(name) && told.add(name));
        const values = await this.#valuesOf(names);
        for (const [i, name] of names.entries())
          if (values[i] !== undefined) yield [plainKey(name.slice(this.#redis.prefix.length)), values[i]];
      } while (cursor !== '0');
    }
  }

  #name(key: string): string {
    return this.#redis.prefix + keyText(key);
  }

  async #valuesOf(names: readonly string[]): Promise<readonly unknown[]> {
    const texts: unknown[] = [];
    if (await this.#redis.isCluster())
      texts.push(...(await Promise.all(names.map((name) => this.#redis.call('GET', name)))));
    else
      for (let i = 0; i < names.length; i += AT_ONCE)
        texts.push(...((await this.#redis.call('MGET', ...names.slice(i, i + AT_ONCE))) as unknown[]));
    return names.map((name, i) => this.#value(name, texts[i]));
  }

  #value(name: string, text: unknown): unknown {
    const key = name.slice(this.#redis.prefix.length);
    return typeof text === 'string' ? keptValue(text, { store: this.constructor.name, key }) : undefined;
  }
}

/** Whole milliseconds, 0 for what is over already; undefined for ever. */
function ttlOf({ ttlMs }: SetOptions): number | undefined {
  if (ttlMs === undefined || ttlMs > Number.MAX_SAFE_INTEGER / 2) return undefined;
  return Math.max(0, Math.ceil(ttlMs));
}

function expiryOf(ttl: number | undefined): (string | number)[] {
  return ttl === undefined ? [] : ['PX', ttl];
}
