import type { StateScope } from './context.js';
import type { Exchange } from './exchange.js';
import type { StateStore } from './state-store.js';

/** State as one message sees it: its own, and what outlives it. */
export class CallState {
  readonly #store: StateStore;
  readonly #exchange: Exchange;
  readonly #own = new Map<string, unknown>();

  constructor(store: StateStore, exchange: Exchange) {
    this.#store = store;
    this.#exchange = exchange;
  }

  /** The value under a key; what is kept for the request stands in front of what is kept for the session. */
  async get<T>(key: string, options: { default?: T; scope?: StateScope } = {}): Promise<T | undefined> {
    const { scope = 'session' } = options;
    if (scope !== 'server' && this.#own.has(key)) return this.#own.get(key) as T;
    if (scope === 'request') return options.default;
    const value = await this.#store.get(key, scope, this.#exchange);
    return value === undefined ? options.default : (value as T);
  }

  /** Keeps a value. */
  async set(key: string, value: unknown, options: { scope?: StateScope } = {}): Promise<void> {
    const { scope = 'session' } = options;
    if (scope === 'request') {
      this.#own.set(key, value);
      return;
    }
    await this.#store.set(key, { value, scope }, this.#exchange);
    // What is kept for longer is no longer hidden by what was kept for the request.
    if (scope === 'session') this.#own.delete(key);
  }

  /** Forgets a value; whether there was one. */
  async delete(key: string, options: { scope?: StateScope } = {}): Promise<boolean> {
    const { scope = 'session' } = options;
    const own = scope !== 'server' && this.#own.delete(key);
    return scope === 'request' ? own : (await this.#store.delete(key, scope, this.#exchange)) || own;
  }
}
