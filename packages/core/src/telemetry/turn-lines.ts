/** More than this is not kept back, in characters. */
const MAX_LENGTH = 64 * 1024;

/**
 * Lines that are written together, once a turn of the event loop: a write is dearer than all the rest of a line.
 *
 * When the process ends, what is left is written before; only what is killed in the middle of a turn takes that turn's lines with it.
 */
export class TurnLines {
  readonly #out: { write(text: string): unknown };
  #text = '';

  constructor(out: { write(text: string): unknown }) {
    this.#out = out;
    process.on('exit', this.flush);
  }

  /** Takes a line, with its line break. */
  write(line: string): void {
    if (this.#text === '') setImmediate(this.flush);
    this.#text += line;
    if (this.#text.length > MAX_LENGTH) this.flush();
  }

  /** What is written meanwhile, in place of taking it. */
  caught(write: () => void): string {
    const taken = this.#text;
    this.#text = '';
    write();
    const text = this.#text;
    this.#text = taken;
    return text;
  }

  /** Writes what has been taken. */
  readonly flush = (): void => {
    const text = this.#text;
    if (text === '') return;
    this.#text = '';
    this.#out.write(text);
  };
}
