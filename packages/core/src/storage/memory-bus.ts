import { Bus, type StreamEntry } from './bus.js';

/** Carries news within this process. */
export class MemoryBus extends Bus {
  readonly #listeners = new Map<string, Set<(value: unknown) => void>>();
  readonly #streams = new Map<string, { next: number; entries: StreamEntry[] }>();
  readonly #maxEntries: number;

  constructor(options: { maxEntries?: number } = {}) {
    super();
    this.#maxEntries = options.maxEntries ?? 1000;
  }

  async publish(topic: string, value: unknown): Promise<void> {
    const copy = await Promise.resolve(structuredClone(value));
    for (const listener of [...(this.#listeners.get(topic) ?? [])]) {
      try {
        listener(structuredClone(copy));
      } catch (error) {
        // Who tells is not who fails: a listener's mistake is nothing to the one who tells, nor to the others.
        process.emitWarning(`A listener of "${topic}" failed: ${String(error)}`);
      }
    }
  }

  subscribe(topic: string, listener: (value: unknown) => void): Promise<() => Promise<void>> {
    const listeners = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, listeners);
    // Its own function, so that a listener given twice hears twice and stops once for each.
    const own = (value: unknown): void => {
      listener(value);
    };
    listeners.add(own);
    return Promise.resolve(() => {
      listeners.delete(own);
      if (listeners.size === 0) this.#listeners.delete(topic);
      return Promise.resolve();
    });
  }

  async append(stream: string, value: unknown): Promise<string> {
    const kept = this.#streams.get(stream) ?? { next: 1, entries: [] };
    this.#streams.set(stream, kept);
    const id = String(kept.next++);
    kept.entries.push({ id, value: structuredClone(value) });
    if (kept.entries.length > this.#maxEntries) kept.entries.shift();
    return Promise.resolve(id);
  }

  read(stream: string, after = '0'): Promise<readonly StreamEntry[]> {
    const entries = this.#streams.get(stream)?.entries ?? [];
    return Promise.resolve(structuredClone(entries.filter((entry) => Number(entry.id) > Number(after))));
  }
}
