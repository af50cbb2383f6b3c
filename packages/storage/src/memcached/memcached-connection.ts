import { FrameworkError, Unavailable } from '@tenon/core';
import { connect, type Socket } from 'node:net';
import { reasonOf, storeFault } from '../store-fault.js';
import { Replies, type Reply } from './replies.js';

interface Asked {
  resolve(reply: Reply): void;
  reject(error: unknown): void;
}

interface Link {
  readonly socket: Socket;
  /** Memcached answers in the order it was asked. */
  readonly asked: Asked[];
}

/** So long Memcached may take to answer, in milliseconds. */
const ANSWER_MS = 5000;

/** A connection to Memcached, in the words of its meta protocol; made anew where it was lost. */
export class MemcachedConnection {
  readonly #host: string;
  readonly #port: number;
  #link: Promise<Link> | undefined;

  constructor({ host, port }: { readonly host: string; readonly port: number }) {
    this.#host = host;
    this.#port = port;
  }

  /** @throws {FrameworkError} ERR_STORAGE_OPEN */
  async open(): Promise<void> {
    try {
      const { code, line } = await this.#ask('mn\r\n');
      if (code !== 'MN') throw new Error(`it answers "${line}"; version 1.6 or newer is needed`);
    } catch (cause) {
      await this.close();
      const fault = Unavailable.is(cause) ? (cause.cause as Error).cause : cause;
      throw new FrameworkError(
        'ERR_STORAGE_OPEN',
        {
          store: this.#place,
          reason: reasonOf(fault),
          cure: 'Start Memcached there, or give the store the host and port of one that runs.',
        },
        { cause },
      );
    }
  }

  /** Waits for what was asked, and ends the connection. */
  async close(): Promise<void> {
    const link = await this.#link?.catch(() => undefined);
    this.#link = undefined;
    link?.socket.end();
  }

  /**
   * The answer to a command, which may carry a value.
   *
   * @throws {Unavailable} STORAGE_UNREACHABLE, STORAGE_FULL
   */
  async call(command: string, value?: Buffer): Promise<Reply> {
    const reply = await this.#ask(`${command}\r\n`, value);
    if (!/ERROR$/.test(reply.code)) return reply;
    const answer = `it has answered "${reply.line}"`;
    if (/out of memory/i.test(reply.line)) throw storeFault('STORAGE_FULL', { store: this.#place }, answer);
    throw new Error(`${this.#place} cannot do what it is asked: ${answer}`);
  }

  async #ask(line: string, value?: Buffer): Promise<Reply> {
    try {
      const { socket, asked } = await (this.#link ??= this.#connect());
      return await new Promise<Reply>((resolve, reject) => {
        asked.push({ resolve, reject });
        socket.setTimeout(ANSWER_MS);
        // In one piece: what others ask meanwhile must not come between.
        socket.write(value ? Buffer.concat([Buffer.from(line), value, Buffer.from('\r\n')]) : line);
      });
    } catch (cause) {
      throw storeFault('STORAGE_UNREACHABLE', { store: this.#place }, cause);
    }
  }

  get #place(): string {
    return `MemcachedStore at ${this.#host}:${this.#port}`;
  }

  #connect(): Promise<Link> {
    const connecting = new Promise<Link>((resolve, reject) => {
      const socket = connect(this.#port, this.#host);
      const link: Link = { socket, asked: [] };
      const replies = new Replies();
      let reason: unknown;
      socket.setNoDelay(true).setTimeout(ANSWER_MS);
      socket.on('connect', () => {
        socket.setTimeout(0);
        resolve(link);
      });
      socket.on('data', (bytes: Buffer) => {
        for (const reply of replies.read(bytes)) link.asked.shift()?.resolve(reply);
        if (link.asked.length === 0) socket.setTimeout(0);
      });
      socket.on('timeout', () => socket.destroy(new Error(`no answer for ${ANSWER_MS / 1000} s`)));
      socket.on('error', (error) => (reason = error));
      socket.on('close', () => {
        if (this.#link === connecting) this.#link = undefined;
        const lost = reason ?? new Error('the connection was closed');
        reject(lost);
        for (const { reject: refuse } of link.asked.splice(0)) refuse(lost);
      });
    });
    return connecting;
  }
}
