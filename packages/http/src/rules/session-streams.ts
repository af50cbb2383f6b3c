import { encodeNotification, type Session } from '@tenon/core';
import { EventStream } from './event-stream.js';
import { RecordedStream } from './recorded-stream.js';
import { keyOf, type StreamLog } from './stream-log.js';

/** So many streams that have ended are kept of a session, the latest. */
const MAX_ENDED = 32;
/** Older clients take an event without data for a message. */
const PRIMED_SINCE = '2025-11-25';

/** The streams of one session: the one for what belongs to no request, and with a log those of its requests. */
export class SessionStreams {
  readonly #session: Session;
  readonly #log: StreamLog | undefined;
  /** The connection of the stream for what belongs to no request. */
  #listening: EventStream | undefined;
  #standing: RecordedStream | undefined;
  readonly #live = new Map<string, RecordedStream>();
  #endedKeys: string[] = [];

  /** `onEnd` is told when the session ends, with what then is still to be kept and sent. */
  constructor(session: Session, log: StreamLog | undefined, onEnd: (sent: Promise<void>) => void) {
    this.#session = session;
    this.#log = log;
    session.onEnd(() => {
      onEnd(this.#end());
    });
  }

  /** Whether a stream can be taken up again. */
  get resumable(): boolean {
    return this.#log !== undefined;
  }

  /** Opens the stream for what belongs to no request; undefined while another is open, as each message goes to one stream only. */
  listen(): EventStream | undefined {
    if (this.#listening) return undefined;
    const stream = this.#listenBy(new EventStream());
    if (this.#log) this.#stand(this.#log).connect(stream);
    else
      this.#attach((json) => {
        stream.send(json);
      });
    return stream;
  }

  /** The record of the stream of one request; undefined where none is kept. */
  record(): RecordedStream | undefined {
    if (!this.#log) return undefined;
    const record = new RecordedStream(this.#log, this.#primes);
    this.#live.set(record.key, record);
    return record;
  }

  /** Ends the record of a request that has been answered; what it holds can be read again for a while. */
  async ended(record: RecordedStream): Promise<void> {
    await record.end();
    this.#live.delete(record.key);
    this.#endedKeys.push(record.key);
    const kept = this.#session.ended ? 0 : MAX_ENDED;
    this.#log?.remove(this.#endedKeys.splice(0, Math.max(0, this.#endedKeys.length - kept)));
  }

  /** Takes up the stream an event belongs to, after that event; undefined if this session has no such stream. */
  async resume(eventId: string): Promise<EventStream | undefined> {
    const stream = new EventStream();
    const key = keyOf(eventId);
    const live = key === this.#standing?.key ? this.#standing : this.#live.get(key);
    if (live) {
      live.resume(live === this.#standing ? this.#listenBy(stream) : stream, eventId);
      return stream;
    }
    if (!this.#log || !this.#endedKeys.includes(key)) return undefined;
    const replayed = await this.#log.replay(stream, eventId);
    stream.end();
    return replayed === 0 ? undefined : stream;
  }

  get #primes(): boolean {
    return this.#session.version >= PRIMED_SINCE;
  }

  /** What belongs to no request is kept from the first time its stream is opened. */
  #stand(log: StreamLog): RecordedStream {
    if (this.#standing) return this.#standing;
    const standing = new RecordedStream(log, this.#primes);
    this.#standing = standing;
    this.#attach((json) => {
      standing.send(json);
    });
    return standing;
  }

  #attach(send: (json: string) => void): void {
    this.#session.attach(
      (method, params) => {
        send(encodeNotification(method, params));
      },
      (id, method, params) => {
        // What nobody receives now would be out of date when it is read.
        if (!this.#listening) return false;
        send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
        return true;
      },
    );
  }

  #listenBy(stream: EventStream): EventStream {
    this.#listening = stream;
    stream.onClose(() => {
      if (this.#listening !== stream) return;
      this.#listening = undefined;
      if (!this.#standing) this.#session.attach(undefined);
    });
    return stream;
  }

  async #end(): Promise<void> {
    if (!this.#standing) this.#listening?.end();
    const streams = [...(this.#standing ? [this.#standing] : []), ...this.#live.values()];
    const keys = [...streams.map(({ key }) => key), ...this.#endedKeys];
    this.#endedKeys = [];
    await Promise.all(streams.map((stream) => stream.end()));
    this.#log?.remove(keys);
  }
}
