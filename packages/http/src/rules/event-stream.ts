/** Where events go once a host has opened the stream. */
export interface EventSink {
  write(text: string): void;
  /** Writes what may as well be left out; only where nothing waits to be read. */
  writeIdle(text: string): void;
  end(): void;
}

/** An answer that goes on: server-sent events, kept until a host opens the stream. */
export class EventStream {
  #sink: EventSink | undefined;
  #kept: string[] = [];
  #ended = false;
  #closed = false;
  #onClose: (() => void)[] = [];

  /** Calls `run` when the stream is over, whoever ended it; at once if it is. */
  onClose(run: () => void): void {
    if (this.#closed) run();
    else this.#onClose.push(run);
  }

  /** Sends one message as an event. JSON text has no line breaks, so nothing in it can begin another event. */
  send(json: string, eventId?: string): void {
    const id = eventId === undefined ? '' : `id: ${eventId}\n`;
    this.#write(`${id}event: message\ndata: ${json}\n\n`);
  }

  /** Sends an event without a message, from which a client can take the stream up again after so many milliseconds. */
  prime(eventId: string, retryMs: number): void {
    this.#write(`id: ${eventId}\nretry: ${retryMs}\ndata: \n\n`);
  }

  /** Sends an event of another name, with a line of text. */
  tell(event: string, line: string): void {
    this.#write(`event: ${event}\ndata: ${line}\n\n`);
  }

  /** Sends what clients skip, so that nothing in between takes the connection for dead. */
  comment(text: string): void {
    if (!this.#ended) this.#sink?.writeIdle(`: ${text}\n\n`);
  }

  /** Passes on events as another stream has written them. */
  pass(events: string): void {
    this.#write(events);
  }

  /** Ends the stream after what has been sent. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    if (this.#sink) this.#finish(this.#sink);
  }

  /** Begins to write to the client. */
  open(sink: EventSink): void {
    this.#sink = sink;
    for (const event of this.#kept) sink.write(event);
    this.#kept = [];
    if (this.#ended) this.#finish(sink);
  }

  /** Says that the client has gone: nothing is written any more. */
  lost(): void {
    this.#ended = true;
    this.#close();
  }

  #write(event: string): void {
    if (this.#ended) return;
    if (this.#sink) this.#sink.write(event);
    else this.#kept.push(event);
  }

  #finish(sink: EventSink): void {
    sink.end();
    this.#close();
  }

  #close(): void {
    this.#closed = true;
    for (const run of this.#onClose.splice(0)) run();
  }
}
