import { once } from 'node:events';
import { connect } from 'node:net';

/** Milliseconds after which a server that says nothing has failed. */
const SILENCE = 10_000;

/** One keep-alive connection: cheaper than any client library, so that the server is what is waited for. */
export class HttpConnection {
  #socket;
  #received = '';
  #settle;

  static async open(port) {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    return new HttpConnection(socket);
  }

  constructor(socket) {
    this.#socket = socket;
    socket.setEncoding('latin1'); // a character a byte: lengths stay true
    socket.on('data', (text) => this.#receive(text));
    socket.on('error', (error) => this.#settle?.reject(error));
    socket.on('close', () => this.#settle?.reject(new Error('The server closed the connection.')));
    socket.setTimeout(
      SILENCE,
      () => this.#settle && socket.destroy(new Error(`No answer; heard: ${this.#received}`)),
    );
  }

  /** Sends one whole request and resolves with its answer. */
  exchange(text) {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#socket.write(text, 'latin1');
    });
  }

  close() {
    this.#settle = undefined;
    this.#socket.destroy();
  }

  #receive(text) {
    this.#received += text;
    const answer = readAnswer(this.#received);
    if (answer === undefined) return;
    const settle = this.#settle;
    this.#received = '';
    this.#settle = undefined;
    settle?.resolve(answer);
  }
}

/** The answer in the bytes received so far, once it is whole. */
function readAnswer(text) {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = text.slice(0, end);
  const status = Number(head.slice(9, 12));
  const length = /\r\ncontent-length: *(\d+)/i.exec(head);
  if (length !== null) {
    const whole = end + 4 + Number(length[1]);
    return text.length < whole ? undefined : { status, head, body: text.slice(end + 4, whole) };
  }
  if (status === 204 || !/\r\ntransfer-encoding: *chunked/i.test(head)) return { status, head, body: '' };
  const body = readChunks(text, end + 4);
  return body === undefined ? undefined : { status, head, body };
}

function readChunks(text, start) {
  let body = '';
  for (let at = start; ;) {
    const line = text.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const size = Number.parseInt(text.slice(at, line), 16);
    if (text.length < line + 4 + size) return undefined;
    if (size === 0) return body;
    body += text.slice(line + 2, line + 2 + size);
    at = line + 4 + size;
  }
}
