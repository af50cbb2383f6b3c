import { type CompareOptions, FrameworkError, type KeyValueStore, type SetOptions } from '@tenon/core';
import { WrappedStore } from './wrapped-store.js';

/**
 * A part of a store with keys of its own: `new Collection({ store, name: 'tokens' })`.
 *
 * Collections of different names never see each other's records.
 */
export class Collection extends WrappedStore {
  readonly #prefix: string;

  /** @throws {FrameworkError} ERR_OPTION_VALUE */
  constructor({ store, name }: { readonly store: KeyValueStore; readonly name: string }) {
    super(store);
    if (!/^[\w.-]{1,100}$/.test(name))
      throw new FrameworkError('ERR_OPTION_VALUE', {
        owner: 'Collection',
        option: 'name',
        seen: JSON.stringify(name),
        expected: 'a name of letters, digits, "_", "-" and ".", so that no two collections overlap',
      });
    this.#prefix = `${name}/`;
  }

  override placeOf(key: string): string {
    return super.placeOf(this.#prefix + key);
  }

  override get(key: string): Promise<unknown> {
    return super.get(this.#prefix + key);
  }

  override getMany(keys: readonly string[]): Promise<readonly unknown[]> {
    return super.getMany(keys.map((key) => this.#prefix + key));
  }

  override set(key: string, value: unknown, options?: SetOptions): Promise<void> {
    return super.set(this.#prefix + key, value, options);
  }

  override delete(key: string): Promise<boolean> {
    return super.delete(this.#prefix + key);
  }

  override add(key: string, value: unknown, options?: SetOptions): Promise<boolean> {
    return super.add(this.#prefix + key, value, options);
  }

  override take(key: string): Promise<unknown> {
    return super.take(this.#prefix + key);
  }

  override increment(key: string, by?: number, options?: SetOptions): Promise<number> {
    return super.increment(this.#prefix + key, by, options);
  }

  override compareAndSet(
    key: string,
    change: { expected: unknown; value: unknown },
    options?: CompareOptions,
  ): Promise<boolean> {
    return super.compareAndSet(this.#prefix + key, change, options);
  }

  override async *entries(prefix: string): AsyncIterable<readonly [string, unknown]> {
    for await (const [key, value] of super.entries(this.#prefix + prefix))
      yield [key.slice(this.#prefix.length), value];
  }
}
