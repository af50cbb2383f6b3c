import { Bus, storedText, type StreamBounds, type StreamEntry } from '@tenon/core';
import { keptValue } from '../kept-value.js';
import { keyText } from '../key-text.js';
import type { RedisClient } from './redis-client.js';
import { endOf, RedisConnection, type RedisOptions } from './redis-connection.js';
import { APPEND, PUBLISH } from './redis-scripts.js';

/** Where Redis is, and how much of a stream is kept where nobody says. */
export type RedisBusOptions = RedisOptions & {
  /** Entries of a stream. Default: 1000. */
  readonly maxEntries?: number;
  /** Milliseconds after its last entry until a stream is gone. Default: one day. */
  readonly ttlMs?: number;
};

type Listener = (text: string) => void;

const DAY_MS = 24 * 60 * 60_000;

/**
 * Carries news between the processes of a fleet, over Redis: `new RedisBus({ url })`.
 *
 * Topics are its channels, and streams its streams. Who loses the connection for a while misses what is told on topics meanwhile;
 * entries of streams are there afterwards.
 */
export class RedisBus extends Bus {
  readonly #redis: RedisConnection;
  readonly #maxEntries: number;
  readonly #ttlMs: number;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #heard = new Set<string>();
  #subscriber: Promise<RedisClient> | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: RedisBusOptions = {}) {
    super();
    this.#redis = new RedisConnection('RedisBus', options, () => this.#hearNoMore());
    this.#maxEntries = options.maxEntries ?? 1000;
    this.#ttlMs = options.ttlMs ?? DAY_MS;
  }

  override open(): Promise<void> {
    return this.#redis.open();
  }

  override close(): Promise<void> {
    return this.#redis.close();
  }

  async publish(topic: string, value: unknown): Promise<void> {
    const told = [this.#channel(topic), storedText(topic, value)];
    // Of a cluster any node takes it, and what goes two ways may overtake: so all of a topic goes by the node its name belongs to.
    if (await this.#redis.isCluster()) await this.#redis.call('EVAL', PUBLISH, 1, ...told);
    else await this.#redis.call('PUBLISH', ...told);
  }

  async subscribe(topic: string, listener: (value: unknown) => void): Promise<() => Promise<void>> {
    const channel = this.#channel(topic);
    // Its own function, so that a listener given twice hears twice and stops once for each.
    const own: Listener = (text) => {
      const value = keptValue(text, { store: 'RedisBus', key: topic });
      if (value !== undefined) listener(value);
    };
    const listeners = this.#listeners.get(channel) ?? new Set();
    this.#listeners.set(channel, listeners);
    listeners.add(own);
    const forget = (): void => {
      listeners.delete(own);
      if (listeners.size === 0 && this.#listeners.get(channel) === listeners) this.#listeners.delete(channel);
    };
    await this.#settle(channel).catch((error: unknown) => {
      forget();
      throw error;
    });
    return async () => {
      forget();
      await this.#settle(channel);
    };
  }

  async append(stream: string, value: unknown, bounds: StreamBounds = {}): Promise<string> {
    const { maxEntries = this.#maxEntries, ttlMs = this.#ttlMs } = bounds;
    const args = [Math.max(1, maxEntries), storedText(stream, value), Math.max(1, Math.ceil(ttlMs))];
    return String(await this.#redis.call('EVAL', APPEND, 1, this.#stream(stream), ...args));
  }

  async read(stream: string, after?: string): Promise<readonly StreamEntry[]> {
    if (after !== undefined && !/^\d{1,20}(-\d{1,20})?$/.test(after)) return [];
    try {
      const from = after === undefined ? '-' : `(${after}`;
      const found = (await this.#redis.call('XRANGE', this.#stream(stream), from, '+')) as [
        string,
        string[],
      ][];
      return found.flatMap(([id, [, text]]) => {
        const value = keptValue(text, { store: 'RedisBus', key: stream });
        return value === undefined ? [] : [{ id, value }];
      });
    } catch (error) {
      // A number larger than any that was given.
      if (/(stream|start) ID/.test(String(error))) return [];
      throw error;
    }
  }

  async remove(...streams: readonly string[]): Promise<void> {
    await Promise.all(streams.map((stream) => this.#redis.call('DEL', this.#stream(stream))));
  }

  #channel(topic: string): string {
    return `${this.#redis.prefix}topic:${keyText(topic)}`;
  }

  #stream(stream: string): string {
    return `${this.#redis.prefix}stream:${keyText(stream)}`;
  }

  /** Listens to a channel, or no longer, as there is somebody who does; one after the other. */
  #settle(channel: string): Promise<void> {
    const settling = this.#turn.then(async () => {
      const wanted = this.#listeners.has(channel);
      if (wanted === this.#heard.has(channel)) return;
      const subscriber = await this.#ownSubscriber();
      await this.#redis.on(subscriber, wanted ? 'subscribe' : 'unsubscribe', channel);
      if (wanted) this.#heard.add(channel);
      else this.#heard.delete(channel);
    });
    this.#turn = settling.catch(() => undefined);
    return settling;
  }

  async #hearNoMore(): Promise<void> {
    const subscriber = await this.#subscriber?.catch(() => undefined);
    this.#subscriber = undefined;
    this.#listeners.clear();
    this.#heard.clear();
    if (subscriber) await endOf(subscriber);
  }

  /** The connection that listens; a failure is not kept. */
  #ownSubscriber(): Promise<RedisClient> {
    const subscriber = (this.#subscriber ??= this.#newSubscriber());
    subscriber.catch(() => {
      if (this.#subscriber === subscriber) this.#subscriber = undefined;
    });
    return subscriber;
  }

  async #newSubscriber(): Promise<RedisClient> {
    const subscriber = await this.#redis.another();
    subscriber.on('message', (channel, text) => {
      for (const listener of [...(this.#listeners.get(channel) ?? [])]) {
        try {
          listener(text);
        } catch (error) {
          // Who tells is not who fails: a listener's mistake is nothing to the one who tells, nor to the others.
          process.emitWarning(`A listener of "${channel}" failed: ${String(error)}`);
        }
      }
    });
    return subscriber;
  }
}
