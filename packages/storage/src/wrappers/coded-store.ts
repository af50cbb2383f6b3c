import { storedText, type CompareOptions, type SetOptions } from '@tenon/core';
import { untilDone } from '../until-done.js';
import { WrappedStore } from './wrapped-store.js';

/** A store whose values look different in the one below it. They are compared and counted up here. */
export abstract class CodedStore extends WrappedStore {
  /** What the inner store keeps of a value. */
  protected abstract encode(key: string, value: unknown): unknown;
  /** The value of what the inner store has kept; undefined if it cannot be read. */
  protected abstract decode(key: string, kept: unknown): unknown;

  override async get(key: string): Promise<unknown> {
    return this.#decoded(key, await this.inner.get(key));
  }

  override async getMany(keys: readonly string[]): Promise<readonly unknown[]> {
    const kept = await this.inner.getMany(keys);
    return kept.map((each, i) => this.#decoded(keys[i] as string, each));
  }

  override async set(key: string, value: unknown, options?: SetOptions): Promise<void> {
    await this.inner.set(key, this.encode(key, value), options);
  }

  override async add(key: string, value: unknown, options?: SetOptions): Promise<boolean> {
    return this.#change(
      key,
      (before) => (before === undefined ? this.encode(key, value) : undefined),
      options,
    );
  }

  override async take(key: string): Promise<unknown> {
    return this.#decoded(key, await this.inner.take(key));
  }

  override async increment(key: string, by = 1, options?: SetOptions): Promise<number> {
    let after = 0;
    await this.#change(
      key,
      (before = 0) => {
        if (typeof before !== 'number')
          throw new TypeError(`The value under ${JSON.stringify(key)} is no number`);
        after = before + by;
        return this.encode(key, after);
      },
      { ...options, keepTtl: true },
    );
    return after;
  }

  override async compareAndSet(
    key: string,
    change: { expected: unknown; value: unknown },
    options?: CompareOptions,
  ): Promise<boolean> {
    const { expected, value } = change;
    const text = expected === undefined ? undefined : storedText(key, expected);
    return this.#change(
      key,
      (before) => {
        const same = before === undefined ? text === undefined : storedText(key, before) === text;
        return same ? this.encode(key, value) : undefined;
      },
      options,
    );
  }

  override async *entries(prefix: string): AsyncIterable<readonly [string, unknown]> {
    for await (const [key, kept] of this.inner.entries(prefix)) {
      const value = this.#decoded(key, kept);
      if (value !== undefined) yield [key, value];
    }
  }

  #decoded(key: string, kept: unknown): unknown {
    return kept === undefined ? undefined : this.decode(key, kept);
  }

  /** Sets what `step` makes of the value there is, anew where somebody else was faster; nothing if it makes nothing. */
  async #change(
    key: string,
    step: (before: unknown) => unknown,
    options: CompareOptions | undefined,
  ): Promise<boolean> {
    return untilDone({ store: this.constructor.name, key }, async () => {
      const kept = await this.inner.get(key);
      const before = this.#decoded(key, kept);
      const value = step(before);
      if (value === undefined) return { done: false };
      // The end of what cannot be read is nobody's any more.
      const of = before === undefined ? { ...options, keepTtl: false } : options;
      return (await this.inner.compareAndSet(key, { expected: kept, value }, of))
        ? { done: true }
        : undefined;
    });
  }
}
