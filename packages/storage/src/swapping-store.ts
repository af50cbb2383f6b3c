import { AtomicStore, storedText, type CompareOptions, type SetOptions } from '@tenon/core';
import { countByComparing } from './count-by-comparing.js';
import { keptValue } from './kept-value.js';
import type { Opened } from './opened.js';

/** A text that is there, and the one to put in its place. */
export interface Swap {
  readonly expected: string;
  readonly text: string;
}

/** A store over a server that replaces a text only where it still is what it was: all single steps are made of that. */
export abstract class SwappingStore extends AtomicStore {
  protected abstract readonly name: string;
  protected abstract readonly opened: Pick<Opened<unknown>, 'open' | 'close'>;

  /** The text of a record that is not over. */
  protected abstract text(key: string): Promise<string | undefined>;
  /** Takes a record away; its text, if it was there. */
  protected abstract remove(key: string): Promise<string | undefined>;
  /** Puts a text in the place of another; whether it did. */
  protected abstract swap(key: string, change: Swap, options: CompareOptions): Promise<boolean>;

  /** A value as it is kept; throws where the server takes no such text. */
  protected textFor(key: string, value: unknown): string {
    return storedText(key, value);
  }

  /** The value of a text, if there is one. */
  protected value(key: string, text: string | undefined): unknown {
    return keptValue(text, { store: this.name, key });
  }

  override open(): Promise<void> {
    return this.opened.open();
  }

  override close(): Promise<void> {
    return this.opened.close();
  }

  async get(key: string): Promise<unknown> {
    return this.value(key, await this.text(key));
  }

  async delete(key: string): Promise<boolean> {
    return (await this.remove(key)) !== undefined;
  }

  async take(key: string): Promise<unknown> {
    return this.value(key, await this.remove(key));
  }

  async increment(key: string, by = 1, options: SetOptions = {}): Promise<number> {
    return countByComparing({ store: this.name, key }, by, {
      read: () => this.text(key),
      swap: (expected, value) =>
        this.swap(key, { expected, text: this.textFor(key, value) }, { keepTtl: true }),
      add: (value) => this.add(key, value, options),
    });
  }

  async compareAndSet(
    key: string,
    change: { expected: unknown; value: unknown },
    options: CompareOptions = {},
  ): Promise<boolean> {
    const { expected, value } = change;
    if (expected === undefined) return this.add(key, value, options);
    const swap = { expected: storedText(key, expected), text: this.textFor(key, value) };
    return this.swap(key, swap, options);
  }
}
