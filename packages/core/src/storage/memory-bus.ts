import { SystemClock, type Clock } from '../time/clock.js';
import { Bus, type StreamBounds, type StreamEntry } from './bus.js';

interface Stream {
  next: number;
  readonly entries: { readonly id: string; readonly json: string }[];
  size: number;
  expires: number;
}

/** What an entry costs besides its text, about. */
const OVERHEAD = 100;

/** Carries news within this process; of streams it keeps a bounded number of bytes, those longest without a new entry make room. */
export class MemoryBus extends Bus {
  readonly #listeners = new Map<string, Set<(value: unknown) => void>>();
  // A Map keeps the order of insertion: the first stream is the one longest without a new entry.
  readonly #streams = new Map<string, Stream>();
  readonly #maxEntries: number;
  readonly #maxBytes: number;
  readonly #clock: Clock;
  #size = 0;

  constructor(options: { maxEntries?: number; maxBytes?: number; clock?: Clock } = {}) {
    super();
    this.#maxEntries = options.maxEntries ?? 1000;
    this.#maxBytes = options.maxBytes ?? 64 * 1024 * 1024;
    this.#clock = options.clock ?? new SystemClock();
  }

  /** How many streams are kept, and about how many bytes they take. */
  get kept(): { readonly streams: number; readonly bytes: number } {
    return { streams: this.#streams.size, bytes: this.#size };
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
      if (listeners.size === 0 && this.#listeners.get(topic) === listeners) this.#listeners.delete(topic);
      return Promise.resolve();
    });
  }

  append(stream: string, value: unknown, bounds: StreamBounds = {}): Promise<string> {
    const json = JSON.stringify(value) as string | undefined;
    if (json === undefined)
      return Promise.reject(new TypeError(`What is added to "${stream}" cannot be kept: it is no JSON`));
    this.#forgetExpired();
    const kept = this.#live(stream) ?? { next: 1, entries: [], size: 0, expires: Infinity };
    this.#streams.delete(stream);
    this.#streams.set(stream, kept);
    kept.expires = bounds.ttlMs === undefined ? Infinity : this.#clock.now() + bounds.ttlMs;
    const id = String(kept.next++);
    kept.entries.push({ id, json });
    this.#grow(kept, json.length + OVERHEAD);
    while (kept.entries.length > (bounds.maxEntries ?? this.#maxEntries)) this.#shift(kept);
    this.#makeRoom(kept);
    return Promise.resolve(id);
  }

  read(stream: string, after = '0'): Promise<readonly StreamEntry[]> {
    const entries = this.#live(stream)?.entries ?? [];
    return Promise.resolve(
      entries
        .filter(({ id }) => Number(id) > Number(after))
        .map(({ id, json }) => ({ id, value: JSON.parse(json) as unknown })),
    );
  }

  remove(...streams: readonly string[]): Promise<void> {
    for (const stream of streams) this.#forget(stream);
    return Promise.resolve();
  }

  #live(stream: string): Stream | undefined {
    const kept = this.#streams.get(stream);
    if (!kept || kept.expires > this.#clock.now()) return kept;
    this.#forget(stream);
    return undefined;
  }

  #forgetExpired(): void {
    const now = this.#clock.now();
    for (const [stream, { expires }] of this.#streams) {
      if (expires > now) break;
      this.#forget(stream);
    }
  }

  #forget(stream: string): void {
    this.#size -= this.#streams.get(stream)?.size ?? 0;
    this.#streams.delete(stream);
  }

  /** The newest entry stays, however large it is. */
  #makeRoom(newest: Stream): void {
    for (const [stream, kept] of this.#streams) {
      if (this.#size <= this.#maxBytes) return;
      if (kept !== newest) this.#forget(stream);
    }
    while (this.#size > this.#maxBytes && newest.entries.length > 1) this.#shift(newest);
  }

  #shift(stream: Stream): void {
    const oldest = stream.entries.shift();
    if (oldest) this.#grow(stream, -(oldest.json.length + OVERHEAD));
  }

  #grow(stream: Stream, by: number): void {
    stream.size += by;
    this.#size += by;
  }
}
