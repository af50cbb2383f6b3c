/** One answer of Memcached: its line, and the value that came with it. */
export interface Reply {
  /** `HD`, `VA`, `EN`, `NS`, `EX`, `NF`, or an error. */
  readonly code: string;
  readonly line: string;
  readonly value?: Buffer;
}

const END = Buffer.from('\r\n');

/** Cuts what comes from Memcached into its answers. */
export class Replies {
  #rest: Buffer = Buffer.alloc(0);

  /** The answers that are whole with what has come now. */
  *read(bytes: Buffer): Iterable<Reply> {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    for (let reply = this.#next(); reply; reply = this.#next()) yield reply;
  }

  #next(): Reply | undefined {
    const end = this.#rest.indexOf(END);
    if (end < 0) return undefined;
    const line = this.#rest.subarray(0, end).toString('latin1');
    const [code = '', size = ''] = line.split(' ');
    const begin = end + END.length;
    if (code !== 'VA') {
      this.#rest = this.#rest.subarray(begin);
      return { code, line };
    }
    const after = begin + Number(size) + END.length;
    if (this.#rest.length < after) return undefined;
    const value = this.#rest.subarray(begin, begin + Number(size));
    this.#rest = this.#rest.subarray(after);
    return { code, line, value };
  }
}
