import type { EventStream } from './event-stream.js';
import type { StreamLog } from './stream-log.js';

/** A stream that outlives its connections: every message is kept, then sent on the connection there is, if any. */
export class RecordedStream {
  readonly key: string;
  readonly #log: StreamLog;
  readonly #primes: boolean;
  #out: EventStream | undefined;
  #primed = false;
  #ended = false;
  /** Everything happens in turn: what is kept and what is sent are in one order. */
  #last: Promise<void> = Promise.resolve();

  /** With `primes` a connection begins with an event id, so that its client can come back before any message. */
  constructor(log: StreamLog, primes: boolean) {
    this.key = log.newKey();
    this.#log = log;
    this.#primes = primes;
  }

  /** Sends what comes on this connection, in place of the one before. */
  connect(out: EventStream): void {
    this.#then(async () => {
      this.#carryBy(out);
      const eventId = this.#primes ? await this.#log.append(this.key, '') : undefined;
      if (eventId !== undefined) this.#prime(out, eventId);
    });
  }

  /** Sends what came after an event on this connection, then what comes. */
  resume(out: EventStream, after: string): void {
    this.#then(async () => {
      this.#carryBy(out);
      if (this.#primes) this.#prime(out, after);
      if ((await this.#log.replay(out, after)) === undefined || this.#ended) out.end();
    });
  }

  /** Keeps a message and sends it. */
  send(json: string): void {
    this.#then(async () => {
      const eventId = await this.#log.append(this.key, json);
      this.#out?.send(json, eventId);
    });
  }

  /** Ends the connection, not the stream: its client comes back for what follows. Only where it has an event id to do so. */
  pause(): void {
    this.#then(() => {
      if (this.#primed) this.#out?.end();
    });
  }

  /** Ends the stream after what has been sent; resolves when all of it is kept. */
  end(): Promise<void> {
    this.#then(() => {
      this.#ended = true;
      this.#out?.end();
    });
    return this.#last;
  }

  #carryBy(out: EventStream): void {
    this.#out?.end();
    this.#out = out;
    out.onClose(() => {
      if (this.#out === out) this.#out = undefined;
    });
  }

  #prime(out: EventStream, eventId: string): void {
    this.#primed = true;
    out.prime(eventId, this.#log.retryMs);
  }

  #then(step: () => void | Promise<void>): void {
    this.#last = this.#last.then(step);
  }
}
