/** One event of a stream, as its lines say. */
export interface Event {
  readonly id?: string;
  readonly event?: string;
  readonly data?: string;
  readonly retry?: string;
  readonly comment?: string;
}

/** Reads the events of an answer one by one, as a client would. */
export class EventReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #decoder = new TextDecoder();
  #text = '';

  constructor(response: Response) {
    if (!response.body) throw new Error('The answer has no body');
    this.#reader = response.body.getReader();
  }

  /** The next event; undefined when the stream has ended. */
  async next(): Promise<Event | undefined> {
    let end = this.#text.indexOf('\n\n');
    while (end < 0) {
      const { done, value } = await this.#reader.read();
      if (done) return undefined;
      this.#text += this.#decoder.decode(value, { stream: true });
      end = this.#text.indexOf('\n\n');
    }
    const lines = this.#text.slice(0, end).split('\n');
    this.#text = this.#text.slice(end + 2);
    return Object.fromEntries(
      lines.map((line) => {
        const [, name, value] = /^([a-z]*): ?(.*)$/.exec(line) ?? [];
        return [name === '' ? 'comment' : name, value];
      }),
    ) as Event;
  }

  /** The message of the next event that carries one. */
  async message(): Promise<{ id?: number; method?: string; result?: unknown; params?: unknown } | undefined> {
    for (let event = await this.next(); event; event = await this.next())
      if (event.data) return JSON.parse(event.data) as { id?: number };
    return undefined;
  }

  /** Every event until the stream ends. */
  async rest(): Promise<readonly Event[]> {
    const all: Event[] = [];
    for (let event = await this.next(); event; event = await this.next()) all.push(event);
    return all;
  }

  /** Goes away, as a client whose connection breaks. */
  leave(): Promise<void> {
    return this.#reader.cancel();
  }
}
