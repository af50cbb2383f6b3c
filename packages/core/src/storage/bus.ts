/** One entry of a stream. */
export interface StreamEntry {
  /** Position in the stream; grows. */
  readonly id: string;
  readonly value: unknown;
}

/** How much of a stream is kept. */
export interface StreamBounds {
  /** So many entries at most; the oldest makes room. */
  readonly maxEntries?: number;
  /** Milliseconds after its last entry until the stream is gone; without it the bus decides. */
  readonly ttlMs?: number;
}

/** Carries news between the parts of a server, and between processes if it spans them. */
export abstract class Bus {
  /** Connects. An app does so with its own bus at the start; else a bus connects when it is first used. */
  open(): Promise<void> {
    return Promise.resolve();
  }

  /** Lets go of what was opened, once as many have closed as have opened. It may be opened again. */
  close(): Promise<void> {
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Tells everybody who listens to a topic right now. */
  abstract publish(topic: string, value: unknown): Promise<void>;
  /** Listens to a topic; call the answer to stop. */
  abstract subscribe(topic: string, listener: (value: unknown) => void): Promise<() => Promise<void>>;
  /** Adds a JSON value to a stream, which keeps a bounded number of entries; the new entry's id. */
  abstract append(stream: string, value: unknown, bounds?: StreamBounds): Promise<string>;
  /** The entries of a stream after an id, oldest first; all that are kept without one. */
  abstract read(stream: string, after?: string): Promise<readonly StreamEntry[]>;
  /** Forgets streams with all their entries; names of none are let pass. */
  abstract remove(...streams: readonly string[]): Promise<void>;
}
