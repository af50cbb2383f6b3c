import { encodeNotification, type Session } from '@tenon/core';
import { EventStream } from './event-stream.js';

/** The streams of one session: the one its client has opened for what belongs to no request of its own. */
export class SessionStreams {
  readonly #session: Session;
  #listening: EventStream | undefined;

  constructor(session: Session) {
    this.#session = session;
    session.onEnd(() => this.#listening?.end());
  }

  /** Opens the stream for what belongs to no request; undefined while another is open, as each message goes to one stream only. */
  listen(): EventStream | undefined {
    if (this.#listening) return undefined;
    const stream = new EventStream();
    this.#listening = stream;
    this.#session.attach((method, params) => {
      stream.send(encodeNotification(method, params));
    });
    stream.onClose(() => {
      this.#listening = undefined;
      this.#session.attach(undefined);
    });
    return stream;
  }
}
