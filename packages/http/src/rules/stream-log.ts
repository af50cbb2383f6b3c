import { Bus, type Endpoint, type Session } from '@tenon/core';
import type { EventStream } from './event-stream.js';

/** How streams of the older era are kept, so that a client whose connection broke can take them up again. */
export interface ResumableOptions {
  /** So many messages of a stream are kept, the newest. Default: 100. */
  readonly maxEvents?: number;
  /** Milliseconds after its last message until a stream is forgotten. Default: one hour. */
  readonly ttlMs?: number;
  /** How long a client should wait before it comes back, in milliseconds. Default: one second. */
  readonly retryMs?: number;
}

/** The streams of one session as the bus keeps them: no other session's can be named by an event id. */
export class StreamLog {
  readonly retryMs: number;
  readonly #endpoint: Endpoint;
  readonly #bus: Bus;
  readonly #sessionId: string;
  readonly #bounds: { readonly maxEntries: number; readonly ttlMs: number };

  constructor(endpoint: Endpoint, session: Session, options: ResumableOptions) {
    const { maxEvents = 100, ttlMs = 60 * 60_000, retryMs = 1000 } = options;
    this.#endpoint = endpoint;
    this.#bus = endpoint.get(Bus);
    this.#sessionId = session.id;
    this.#bounds = { maxEntries: maxEvents, ttlMs };
    this.retryMs = retryMs;
  }

  /** A key for a new stream, which nobody can guess. */
  newKey(): string {
    return this.#endpoint.ids.secret();
  }

  /** Keeps a message, or a place with an empty text; its event id, or undefined where the bus has failed, which is logged. */
  async append(key: string, json: string): Promise<string | undefined> {
    try {
      return `${key}.${await this.#bus.append(this.#name(key), json, this.#bounds)}`;
    } catch (err) {
      this.#endpoint.logger.warn('A message could not be kept: its stream cannot be taken up after it', {
        err,
      });
      return undefined;
    }
  }

  /** Sends the messages of a stream after an event again; how many, or undefined where the bus has failed, which is logged. */
  async replay(out: EventStream, after: string): Promise<number | undefined> {
    const key = keyOf(after);
    try {
      const entries = await this.#bus.read(this.#name(key), after.slice(key.length + 1));
      const messages = entries.filter(({ value }) => value !== '');
      for (const { id, value } of messages) out.send(String(value), `${key}.${id}`);
      return messages.length;
    } catch (err) {
      this.#endpoint.logger.warn('The messages of a stream could not be read again', { err });
      return undefined;
    }
  }

  /** Forgets streams. */
  remove(keys: readonly string[]): void {
    if (keys.length === 0) return;
    this.#bus.remove(...keys.map((key) => this.#name(key))).catch((err: unknown) => {
      this.#endpoint.logger.warn('Streams of a session could not be forgotten', { err });
    });
  }

  #name(key: string): string {
    return `stream/${this.#sessionId}/${key}`;
  }
}

/** The log of a session, if streams are to be kept. */
export function streamLog(
  endpoint: Endpoint,
  session: Session,
  resumable: boolean | ResumableOptions | undefined,
): StreamLog | undefined {
  return resumable ? new StreamLog(endpoint, session, resumable === true ? {} : resumable) : undefined;
}

/** The stream an event id belongs to. */
export function keyOf(eventId: string): string {
  return eventId.slice(0, Math.max(0, eventId.lastIndexOf('.')));
}
