import { isUtf8 } from 'node:buffer';

/** What was read: a line, or why there is none. */
export type Line = { readonly text: string } | { readonly refused: 'too long' | 'not UTF-8' };

const NEWLINE = 0x0a;

/** Bytes to lines, in whatever pieces they come; a line beyond the bound is skipped without being kept. */
export class LineReader {
  readonly #maxBytes: number;
  readonly #onLine: (line: Line) => void;
  #pieces: Buffer[] = [];
  #size = 0;

  constructor(maxBytes: number, onLine: (line: Line) => void) {
    this.#maxBytes = maxBytes;
    this.#onLine = onLine;
  }

  /** Takes the next bytes. */
  push(chunk: Buffer): void {
    let rest = chunk;
    for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE)) {
      this.#keep(rest.subarray(0, end));
      this.end();
      rest = rest.subarray(end + 1);
    }
    this.#keep(rest);
  }

  /** Gives what is left as the last line. */
  end(): void {
    const size = this.#size;
    const line = Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#size = 0;
    if (size > this.#maxBytes) this.#onLine({ refused: 'too long' });
    else if (!isUtf8(line)) this.#onLine({ refused: 'not UTF-8' });
    else if (size > 0) this.#give(line.toString());
  }

  #give(text: string): void {
    if (text.trim() !== '') this.#onLine({ text });
  }

  #keep(piece: Buffer): void {
    this.#size += piece.length;
    if (this.#size > this.#maxBytes) this.#pieces = [];
    else if (piece.length > 0) this.#pieces.push(piece);
  }
}
