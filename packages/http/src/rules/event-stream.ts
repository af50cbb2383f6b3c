/** Where events go once a host has opened the stream. */
export interface EventSink {
  write(text: string): void;
  end(): void;
}

/** An answer that goes on: server-sent events, kept until a host opens the stream. */
export class EventStream {
  #sink: EventSink | undefined;
  #kept: string[] = [];
  #ended = false;
  #onClose: (() => void) | undefined;

  /** Calls `run` when the stream is over, whoever ended it. */
  onClose(run: () => void): void {
    if (this.#ended && this.#sink) run();
    else this.#onClose = run;
  }

  /** Sends one message as an event. JSON text has no line breaks, so nothing in it can begin another event. */
  send(json: string): void {
    if (this.#ended) return;
    const event = `event: message\ndata: ${json}\n\n`;
    if (this.#sink) this.#sink.write(event);
    else this.#kept.push(event);
  }

  /** Ends the stream after what has been sent. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    if (this.#sink) this.#finish();
  }

  /** Begins to write to the client. */
  open(sink: EventSink): void {
    this.#sink = sink;
    for (const event of this.#kept) sink.write(event);
    this.#kept = [];
    if (this.#ended) this.#finish();
  }

  /** Says that the client has gone: nothing is written any more. */
  lost(): void {
    this.#ended = true;
    this.#onClose?.();
    this.#onClose = undefined;
  }

  #finish(): void {
    this.#sink?.end();
    this.#onClose?.();
    this.#onClose = undefined;
  }
}
